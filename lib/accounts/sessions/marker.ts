/**
 * The cookie that tells scripts that the user is signed in; its value changes with the user's visible data. It grants
 * nothing.
 */
export const ACCOUNT_MARKER = 'syro_account'

/** Runs before the first paint, so that signed-in users see no sign-in link. Constant, for its CSP hash. */
export const markerScript = `;if(document.cookie.includes('${ACCOUNT_MARKER}='))document.documentElement.dataset.account=''`
