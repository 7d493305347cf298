/** The colours of the site: the system's, unless somebody chose. The choice stays in the browser. */
export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

export const THEME_KEY = 'theme'

/** Runs before the first paint, so that a chosen theme doesn't flash. Never varies: a policy can allow it by its hash. */
export const themeScript = `try{const t=localStorage.getItem('${THEME_KEY}');if(t)document.documentElement.dataset.theme=t}catch{}`
