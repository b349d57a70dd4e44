import { Liquid, type Template } from 'liquidjs'

/** Limits of one rendering: far beyond any real mail, near enough that nothing can stall a worker. */
const LIMITS = { parseLimit: 2_000_000, renderLimit: 1_000, memoryLimit: 20_000_000 }

/** Values reach only what they own, names that are not there are empty, and there is no file system to include from. */
const COMMON = { ...LIMITS, ownPropertyOnly: true, strictVariables: false, strictFilters: true, templates: {} } as const

/** Renders HTML: everything that a value brings is escaped. */
const html = new Liquid({ ...COMMON, outputEscape: 'escape' })
/** Renders plain text and subjects, where there is nothing to escape. */
const text = new Liquid(COMMON)

/** Values by name; nested as Liquid's dots read them. */
type LiquidValues = Record<string, unknown>

/** A parsed template: rendering it again costs no parsing. */
export type Compiled = (values: LiquidValues) => string

/** Parses a Liquid template once. Throws liquidjs's error when it is not Liquid. */
export function compileLiquid(source: string, output: 'html' | 'text'): Compiled {
  const engine = output === 'html' ? html : text
  const template: Template[] = engine.parse(source)
  return (values) => engine.renderSync(template, values) as string
}
