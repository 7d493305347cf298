import { median } from './statistics'

/** Measurements and their targets. */
export type Figure = {
  name: string
  unit: 'ms' | 's' | '×' | '/s' | 'MiB' | 'bytes' | ''
  /** One per round. */
  samples: number[]
  target?: readonly ['<' | '≤' | '≥', number]
  /** The sample that is the figure: the median, or the largest if each counts. */
  by?: 'median' | 'largest'
}

const digits = (value: number): number => (Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : value < 10 ? 2 : 1)

function formatted(value: number, unit: Figure['unit']): string {
  const number = value.toLocaleString('en', { maximumFractionDigits: digits(value) })
  return unit === '' ? number : unit === '/s' ? `${number} /s` : `${number} ${unit}`
}

const measured = ({ samples, by }: Figure): number => (by === 'largest' ? Math.max(...samples) : median(samples))

/** Whether the figure meets its target; empty without one. */
export function isReached(figure: Figure): boolean | undefined {
  if (!figure.target) return undefined
  const [comparison, bound] = figure.target
  const value = measured(figure)
  return comparison === '<' ? value < bound : comparison === '≤' ? value <= bound : value >= bound
}

function row(figure: Figure): string {
  const { name, unit, samples, target } = figure
  const reached = isReached(figure)
  const spread =
    samples.length > 1 ? `${formatted(Math.min(...samples), '')} – ${formatted(Math.max(...samples), '')}` : ''
  const cells = [
    name,
    target ? `${target[0]} ${formatted(target[1], unit)}` : '',
    formatted(measured(figure), unit),
    spread,
    reached === undefined ? '' : reached ? 'yes' : '**missed**',
  ]
  return `| ${cells.join(' | ')} |`
}

/** The figures as a Markdown table. The spread is from the smallest to the largest sample. */
export const toTable = (figures: readonly Figure[]): string =>
  ['| figure | target | measured | spread | reached |', '| --- | ---: | ---: | ---: | --- |', ...figures.map(row)].join(
    '\n',
  )
