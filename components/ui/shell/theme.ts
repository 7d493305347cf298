/** The themes of the site. The choice is stored in the browser; the default follows the system. */
export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

export const THEME_KEY = 'theme'

/** Runs before the first paint, so that the theme doesn't flash. It is constant, so that the CSP can allow it by its hash. */
export const themeScript = `try{const t=localStorage.getItem('${THEME_KEY}');if(t)document.documentElement.dataset.theme=t}catch{}`
