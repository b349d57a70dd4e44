import { Context, Liquid, type Template, TokenKind } from 'liquidjs'
import type { Pieces, SharedText } from './pieces.ts'

/** Limits of one rendering: far beyond any real mail, near enough that nothing can stall a worker. */
const LIMITS = { parseLimit: 2_000_000, renderLimit: 1_000, memoryLimit: 20_000_000 }

/** Values reach only what they own, names that are not there are empty, and there is no file system to include from. */
const COMMON = { ...LIMITS, ownPropertyOnly: true, strictVariables: false, strictFilters: true, templates: {} } as const

/** Renders HTML: everything that a value brings is escaped. */
const html = restricted(new Liquid({ ...COMMON, outputEscape: 'escape' }))
/** Renders plain text and subjects, where there is nothing to escape. */
const text = restricted(new Liquid(COMMON))

/** Values by name; nested as Liquid's dots read them. */
export type LiquidValues = Record<string, unknown>

/** A parsed template: rendering it again costs no parsing. */
export type Compiled = (values: LiquidValues) => string

/** Parses a Liquid template once. Throws liquidjs's error when it is not Liquid. */
export function compileLiquid(source: string, output: 'html' | 'text'): Compiled {
  const engine = output === 'html' ? html : text
  const template: Template[] = engine.parse(source)
  return (values) => engine.renderSync(template, values) as string
}

/** A parsed template that renders what changes from copy to copy, and gives the rest as it is. */
export type CompiledPieces = (values: LiquidValues) => Pieces

/** As {@link compileLiquid}; what is rendered comes in pieces, of which those without Liquid are the same each time. */
export function compilePieces(source: string, output: 'html' | 'text'): CompiledPieces {
  const engine = output === 'html' ? html : text
  const templates: Template[] = engine.parse(source)
  // a break outside of a loop ends a rendering: what follows it must not be rendered by itself
  const parts = BREAK.test(source) ? [templates] : partsOf(templates)
  return (values) => {
    const context = new Context(values, engine.options, { sync: true }, { liquid: engine })
    return parts.map((part) => (Array.isArray(part) ? (engine.renderSync(part, context) as string) : part))
  }
}

/** A tag, of one line or of many, that may break a rendering. */
const BREAK = /\{%(?:(?!%\}).)*\b(?:break|continue)\b/s

/** What is to be rendered, and the text between it. */
function partsOf(templates: readonly Template[]): readonly (SharedText | Template[])[] {
  const parts: (SharedText | Template[])[] = []
  for (const template of templates) {
    const last = parts.at(-1)
    if (isText(template)) parts.push({ shared: template.str })
    else if (Array.isArray(last)) last.push(template)
    else parts.push([template])
  }
  return parts
}

/** Text outside of tags, with the white space taken off that the tags beside it ask for. */
const isText = (template: Template): template is Template & { str: string } =>
  template.token.kind === TokenKind.HTML && 'str' in template && typeof template.str === 'string'

/**
 * Whether a rendering ended because its time was over. The time is the clock's, not the processor's: on a machine that is
 * busy or was asleep it says nothing about the template.
 */
export const isOutOfTime = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('template render limit exceeded')

/** Parses a template to look at it. Throws liquidjs's error, with its place, when it is not Liquid. */
export function parseLiquid(source: string): Template[] {
  return html.parse(source)
}

/** A name that a template reads without having made it itself, with its place; both are counted from 1. */
export type Variable = { path: (string | number)[]; line: number; column: number }

/** Every place at which a template reads a value that it is given. */
export function variablesOf(template: Template[]): Variable[] {
  const { globals } = html.analyzeSync(template, { partials: false })
  return Object.values(globals).flatMap((variables) =>
    variables.map(({ segments, location }) => {
      // what a name in brackets leads to is only known when it is rendered
      const end = segments.findIndex((segment) => typeof segment === 'object')
      const path = (end === -1 ? segments : segments.slice(0, end)) as (string | number)[]
      return { path, line: location.row, column: location.col }
    }),
  )
}

/** The filters that a template may use. */
export const FILTERS: readonly string[] = Object.keys(html.filters).sort()

/** The tags that a template may use; what ends one is none of its own. */
export const TAGS: readonly string[] = Object.keys(html.tags).sort()

/** `raw` would let a value be markup, and there is nothing to include. */
function restricted(engine: Liquid): Liquid {
  delete engine.filters.raw
  for (const tag of ['include', 'render', 'layout', 'block']) delete engine.tags[tag]
  return engine
}
