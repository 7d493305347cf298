/**
 * How derived figures are computed. It goes up with every change of what a figure is or how a sort key is folded: a site
 * that starts on figures of an older version computes them anew (lib/server/figures.ts).
 */
export const FIGURES_VERSION = 1
