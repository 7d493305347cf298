import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { AccountLink } from '@/components/accounts/account-link'
import { HeaderSearch } from '@/components/search/header-search'
import { fontVariables } from '@/components/ui/fonts/fonts'
import { Keyboard } from '@/components/ui/keyboard/keyboard'
import { Footer } from '@/components/ui/shell/footer'
import { Header } from '@/components/ui/shell/header'
import { SkipLink } from '@/components/ui/shell/skip-link'
import { SoftNavigation } from '@/components/ui/shell/soft-navigation'
import { themeScript } from '@/components/ui/shell/theme'
import { ACCOUNT_MARKER, markerScript } from '@/lib/accounts/sessions/marker'
import { siteOrigin } from '@/lib/http/site-url'
import './globals.css'

export const metadata: Metadata = {
  metadataBase: new URL(siteOrigin),
  title: { default: 'SyroMusic', template: '%s · SyroMusic' },
  applicationName: 'SyroMusic',
  formatDetection: { telephone: false },
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#faf7f1' },
    { media: '(prefers-color-scheme: dark)', color: '#181512' },
  ],
}

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    // The script below may set data-theme and data-account before React sees the element.
    <html lang="en" className={fontVariables} suppressHydrationWarning>
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: constants */}
        <script dangerouslySetInnerHTML={{ __html: themeScript + markerScript }} />
        <link rel="search" type="application/opensearchdescription+xml" href="/opensearch.xml" title="SyroMusic" />
      </head>
      <body>
        <SkipLink />
        <Header search={<HeaderSearch />} accountLink={<AccountLink marker={ACCOUNT_MARKER} />} />
        <main id="main" tabIndex={-1}>
          {children}
        </main>
        <Footer keys={<Keyboard />} />
        <SoftNavigation />
      </body>
    </html>
  )
}
