import { Worker } from 'node:worker_threads'
import type { Answers, Job } from './worker.ts'

/** Thrown when a job was stopped: it took too long, or more memory than any mail needs. */
export class Stopped extends Error {}

/** Milliseconds that one job may take; the largest source that is allowed takes a tenth of it. */
const PATIENCE = 10_000
/** Milliseconds that a thread may take to load what it needs, where the machine has much else to do. */
const LOADING = 60_000
/** Threads at once: a slow template delays other people's previews, and nothing else. */
const THREADS = 2
const MEMORY_MB = 384

type Waiting = { job: Job; limit: number; done: (answer: unknown) => void; failed: (error: Error) => void }

const idle: Worker[] = []
const queue: Waiting[] = []
let running = 0

/**
 * Runs a job in a thread of its own that can be stopped, whatever the job does.
 *
 * @param limit milliseconds
 * @throws Stopped when it took longer, or too much memory
 */
export function inThread<Kind extends Job['kind']>(
  job: Extract<Job, { kind: Kind }>,
  limit = PATIENCE,
): Promise<Answers[Kind]> {
  return new Promise((done, failed) => {
    queue.push({ job, limit, done: done as (answer: unknown) => void, failed })
    next()
  })
}

function next(): void {
  if (running >= THREADS) return
  const waiting = queue.shift()
  if (waiting === undefined) return
  running += 1
  const ready = idle.pop()
  if (ready) run(ready, waiting, true)
  else run(startWorker(), waiting, false)
}

function startWorker(): Worker {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  })
  // what happens to one while it waits is noticed by its next job
  worker.on('error', () => {})
  return worker
}

type Said = { answer?: unknown; failure?: string; ready?: true }

/** A thread that was stopped is not used again. */
function run(worker: Worker, { job, limit, done, failed }: Waiting, isReady: boolean): void {
  const end = (settle: () => void, reusable: boolean) => {
    clearTimeout(timer)
    // only our own: the thread hears no more when all of its listeners are taken away
    worker.off('message', onMessage)
    worker.off('error', onError)
    worker.unref()
    if (reusable) idle.push(worker)
    else void worker.terminate()
    running -= 1
    settle()
    next()
  }
  const tooLong = () => end(() => failed(new Stopped('It takes too long')), false)
  let timer = setTimeout(tooLong, isReady ? limit : LOADING)
  const onMessage = ({ answer, failure, ready }: Said) => {
    if (ready) {
      clearTimeout(timer)
      timer = setTimeout(tooLong, limit)
      return
    }
    end(() => (failure === undefined ? done(answer) : failed(new Error(failure))), true)
  }
  const onError = (error: Error & { code?: string }) => {
    const stopped = error.code === 'ERR_WORKER_OUT_OF_MEMORY' || error instanceof RangeError
    end(() => failed(stopped ? new Stopped('It takes too much memory') : error), false)
  }
  worker.on('message', onMessage)
  worker.on('error', onError)
  // while it works, the process waits for it
  worker.ref()
  worker.postMessage({ job })
}
