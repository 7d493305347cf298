/**
 * The cookie that scripts can read: it is there while somebody is signed in, and its value changes with what is shown of
 * them. It proves nothing.
 */
export const ACCOUNT_MARKER = 'syro_account'

/** Runs before the first paint, so that whoever is signed in isn't asked in. Never varies. */
export const markerScript = `;if(document.cookie.includes('${ACCOUNT_MARKER}='))document.documentElement.dataset.account=''`
