import type { MetadataRoute } from 'next'

/** The site’s name and icons on home screens. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    name: 'SyroMusic',
    start_url: '/',
    display: 'browser',
    background_color: '#faf7f1',
    theme_color: '#faf7f1',
    icons: [
      { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
      { src: '/apple-icon.png', sizes: '180x180', type: 'image/png' },
    ],
  }
}
