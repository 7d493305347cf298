/**
 * Must be increased with every change of a figure's definition or of sort keys. A site that starts with figures of an
 * older version recomputes them (lib/server/figures.ts).
 */
export const FIGURES_VERSION = 1
