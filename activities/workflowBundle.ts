import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bundleWorkflowCode, type WorkflowBundle } from '@temporalio/worker'

const ROOT = join(import.meta.dirname, '..')
const WORKFLOWS = join(ROOT, 'workflows')

/**
 * The workflows as one script, which is what a worker runs them from. Making it takes seconds, so it is kept under a
 * name that holds the hash of everything that goes into it; a worker that starts again finds it there. An image may bring it in `dist/`.
 *
 * @param folder where bundles are kept; one that can't be written to costs only the time
 * @param failureConverterPath the module that carries failures, when it is not the SDK's own
 */
export async function workflowBundle(folder: string, failureConverterPath?: string): Promise<WorkflowBundle> {
  const name = `workflows-${await hashSources(failureConverterPath ?? '')}.js`
  const file = join(folder, name)
  const kept = (await read(file)) ?? (await read(join(ROOT, 'dist', name)))
  if (kept !== null) return { code: kept }
  const workflowsPath = join(WORKFLOWS, 'index.ts')
  const failures = failureConverterPath === undefined ? {} : { failureConverterPath }
  const workflowInterceptorModules = [join(WORKFLOWS, 'traceRun.ts')]
  const bundle = await bundleWorkflowCode({ workflowsPath, workflowInterceptorModules, ...failures, logger: SILENT })
  await keep(folder, file, bundle.code).catch(() => {})
  return bundle
}

const read = (file: string): Promise<string | null> => readFile(file, 'utf8').catch(() => null)

/** What a bundle is made from: the workflows, the pure names they import, and the SDK, whose versions the lockfile holds. */
async function hashSources(failureConverter: string): Promise<string> {
  const own = (await readdir(WORKFLOWS)).filter((name) => name.endsWith('.ts')).sort()
  const files = [
    ...own.map((name) => join(WORKFLOWS, name)),
    join(ROOT, 'domain/temporal.ts'),
    join(ROOT, 'domain/traceContext.ts'),
    join(ROOT, 'package-lock.json'),
  ]
  const hash = createHash('sha256').update(process.version).update(failureConverter)
  for (const file of files) hash.update(file).update(await readFile(file))
  return hash.digest('hex').slice(0, 16)
}

/** Several workers may start at once: each writes a file of its own, and the last rename stands. */
async function keep(folder: string, file: string, code: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const draft = `${file}.${process.pid}`
  await writeFile(draft, code)
  await rename(draft, file)
}

const quiet = () => {}
const SILENT = { log: quiet, trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet }
