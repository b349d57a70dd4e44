import { parentPort } from 'node:worker_threads'
import type { LiquidValues } from '../../messages/liquid.ts'
import { type RenderedMessage, valuesTemplate } from '../../messages/renderMessage.ts'
import { type CompileResult, compileSource, type Source } from './compileSource.ts'
import { liquidMistake } from './mask.ts'

/** What the thread is asked for: compiling a source, or rendering a compiled message that nobody trusts yet. */
export type Job =
  | { kind: 'compile'; source: Source }
  | {
      kind: 'render'
      message: { subject: string; html: string; text: string }
      values: LiquidValues
      pixel: string | null
    }

export type Answers = { compile: CompileResult; render: { rendered: RenderedMessage } | { mistake: string } }

function render({ message, values, pixel }: Extract<Job, { kind: 'render' }>): Answers['render'] {
  try {
    return { rendered: valuesTemplate(message)(values, pixel) }
  } catch (error) {
    return { mistake: liquidMistake(error).message }
  }
}

// a thread of its own: whoever is too slow here is ended from outside
parentPort?.on('message', async ({ job }: { job: Job }) => {
  try {
    const answer = job.kind === 'compile' ? await compileSource(job.source) : render(job)
    parentPort?.postMessage({ answer })
  } catch (error) {
    parentPort?.postMessage({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
})

// the time of a job is counted from here: loading takes longer than most jobs where there is much to do
parentPort?.postMessage({ ready: true })
