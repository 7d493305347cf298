'use client'

import { fontVariables } from '@/components/ui/fonts/fonts'
import { Notice } from '@/components/ui/notice'
import wrap from '@/components/ui/wrap.module.css'
import './globals.css'

/** Replaces the whole document if the layout itself fails. */
export default function GlobalError() {
  return (
    <html lang="en" className={fontVariables}>
      <body>
        <title>SyroMusic</title>
        <main className={wrap.wrap}>
          <Notice title="Something went wrong">
            <p>The site could not be loaded. Please try again.</p>
            <p>
              <a href="/">Go to the home page</a>
            </p>
          </Notice>
        </main>
      </body>
    </html>
  )
}
