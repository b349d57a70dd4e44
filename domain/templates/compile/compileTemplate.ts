import { createHash } from 'node:crypto'
import { type Mistake, Problem } from '../../errors.ts'
import type { LiquidValues } from '../../messages/liquid.ts'
import type { RenderedMessage } from '../../messages/renderMessage.ts'
import type { TemplateContent, TemplateLanguage } from '../content.ts'
import type { CompiledTemplate } from './compiled.ts'
import type { CompileResult } from './compileSource.ts'
import { inThread, Stopped } from './thread.ts'

/** What was compiled last, by its content: who looks at a draft again and again waits once. */
const kept = new Map<string, Promise<CompileResult>>()
const KEPT = 40

/**
 * Compiles a template outside of this thread and within limits of time and memory.
 *
 * @param at the JSON Pointer of the content in the request
 * @throws Problem 'invalid' with line and column of each mistake
 */
export async function compileTemplate(
  content: Pick<TemplateContent, 'mjml' | 'subject' | 'preheader' | 'text'>,
  language: TemplateLanguage,
  at: string,
): Promise<CompiledTemplate> {
  const { mjml, subject, preheader, text } = content
  const source = { mjml, subject, preheader, text, language }
  const key = createHash('sha256').update(JSON.stringify(source)).digest('base64')
  const result = await (kept.get(key) ?? keep(key, inThread({ kind: 'compile', source }).catch(stopped)))
  if ('mistakes' in result) throw wrong(result.mistakes.map((mistake) => ({ ...mistake, path: at + mistake.path })))
  return result.compiled
}

function keep(key: string, result: Promise<CompileResult>): Promise<CompileResult> {
  kept.set(key, result)
  // the oldest goes; one that failed for another reason than its content is tried again
  result.catch(() => kept.delete(key))
  const [oldest] = kept.keys()
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
  return result
}

function stopped(error: unknown): CompileResult {
  if (!(error instanceof Stopped)) throw error
  return { mistakes: [{ path: '/mjml', message: `${error.message}: make the template smaller` }] }
}

/**
 * Renders a message that nobody has looked at yet, outside of this thread.
 *
 * @throws Problem 'invalid' when its Liquid does more than any mail needs
 */
export async function renderUntrusted(
  message: { subject: string; html: string; text: string },
  values: LiquidValues,
  { pixel, at }: { pixel: string | null; at: string },
): Promise<RenderedMessage> {
  const answer = await inThread({ kind: 'render', message, values, pixel }).catch((error: unknown) => {
    if (error instanceof Stopped) return { mistake: `${error.message} to write this mail` }
    throw error
  })
  if ('mistake' in answer) throw wrong([{ path: `${at}/mjml`, message: answer.mistake }])
  return answer.rendered
}

function wrong(mistakes: Mistake[]): Problem {
  const [first] = mistakes
  const place = first?.line === undefined ? '' : `Line ${first.line}: `
  return new Problem('invalid', `${place}${first?.message ?? 'The template has mistakes'}`, mistakes)
}
