'use client'

import button from '@/components/ui/button.module.css'
import { Notice } from '@/components/ui/notice'
import wrap from '@/components/ui/wrap.module.css'

export default function ErrorPage({ retry }: { retry: () => void }) {
  return (
    <div className={wrap.wrap}>
      <Notice title="The record skipped">
        <p>This page could not be made. It is not your fault, and trying again often helps.</p>
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
