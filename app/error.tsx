'use client'

import button from '@/components/ui/button.module.css'
import { Notice } from '@/components/ui/notice'
import wrap from '@/components/ui/wrap.module.css'

export default function ErrorPage({ retry }: { retry: () => void }) {
  return (
    <div className={wrap.wrap}>
      <Notice title="Something went wrong">
        <p>This page could not be loaded. Please try again.</p>
        <p>
          <button type="button" className={button.button} onClick={retry}>
            Try again
          </button>
        </p>
        <p>
          <a href="/">Go to the home page</a>
        </p>
      </Notice>
    </div>
  )
}
