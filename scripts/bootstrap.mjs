// What has to work before anything is installed: no dependencies, no TypeScript, any Node from 18 on.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const INSTALLED = `${ROOT}node_modules/.installed-from`
const PROJECT_NODE = `${ROOT}node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`

/** Ends this process with a sentence that says what to do. */
function giveUp(sentence) {
  process.stderr.write(`\n${sentence}\n`)
  process.exit(1)
}

/** Installs the packages of package-lock.json if they are not the ones that were installed last; says so on `notes`. */
function installPackages(notes) {
  const wanted = createHash('sha256')
    .update(readFileSync(`${ROOT}package-lock.json`))
    .digest('hex')
  if (existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === wanted) return
  const began = Date.now()
  notes.write('packages: installing what package-lock.json names (a minute or two the first time) …\n')
  const { status, error } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: ROOT,
    stdio: ['ignore', notes.fd, 'inherit'],
    shell: process.platform === 'win32',
  })
  if (error !== undefined)
    giveUp(`npm could not be run (${error.message}). Install Node.js with npm, then start again.`)
  if (status !== 0) {
    giveUp(
      'The packages could not be installed. The lines above say why; most often the registry cannot be reached: ' +
        'check the network (or the "registry" line of your .npmrc), then start again.',
    )
  }
  writeFileSync(INSTALLED, wanted)
  notes.write(`packages: installed in ${Math.round((Date.now() - began) / 1000)} s\n`)
}

/** The Node of the lockfile; a newer one of the user's where scripts of packages are switched off. */
function projectNode() {
  if (spawnSync(PROJECT_NODE, ['--version']).status === 0) return PROJECT_NODE
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  return giveUp(
    "The project's own Node 24 is not in node_modules: its install script did not run. " +
      'Run `npm ci --ignore-scripts=false`, or use Node 24 or newer, then start again.',
  )
}

/**
 * Calls `lost` once npm, which started this process, is gone without having said so. Somebody who kills npm means all of
 * it. A start without npm is left alone: its parent may be a shell that ended in peace.
 */
function watchNpm(lost) {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    lost()
  }, 500)
  timer.unref()
}

/**
 * Makes sure that the packages are there, then runs a TypeScript file on the project's Node and ends as it ends.
 * Signals are handed on; should this process die, the other one notices by its closed channel.
 *
 * @param {URL} file what to run
 * @param {string[]} args its arguments
 * @param {{cwd?: string, notes?: NodeJS.WriteStream & {fd: number}}} where the folder it runs in (the project's), and
 *   where the installing is told of (the standard output)
 */
export async function runOnProjectNode(file, args, { cwd = ROOT, notes = process.stdout } = {}) {
  installPackages(notes)
  const child = spawn(projectNode(), [fileURLToPath(file), ...args], {
    cwd,
    // what Node makes of the sources is kept, by their contents: every process of ours starts in half the time
    env: { NODE_COMPILE_CACHE: `${ROOT}node_modules/.cache/compiled`, ...process.env },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  watchNpm(() => child.connected && child.disconnect())
  const [code, signal] = await new Promise((resolve) => child.on('exit', (...ended) => resolve(ended)))
  process.exit(code ?? 128 + (constants.signals[signal] ?? 1))
}
