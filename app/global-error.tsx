'use client'

import { fontVariables } from '@/components/ui/fonts/fonts'
import { Notice } from '@/components/ui/notice'
import wrap from '@/components/ui/wrap.module.css'
import './globals.css'

/** Stands in for the whole document where even the layout failed. */
export default function GlobalError() {
  return (
    <html lang="en" className={fontVariables}>
      <body>
        <title>SyroMusic</title>
        <main className={wrap.wrap}>
          <Notice title="The record skipped">
            <p>The site could not be shown. It is not your fault, and trying again often helps.</p>
            <p>
              <a href="/">Go to the home page</a>
            </p>
          </Notice>
        </main>
      </body>
    </html>
  )
}
