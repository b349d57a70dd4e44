import { type Outcome, run } from './run.ts'

/** Lets a program of the system that is installing something finish first, for up to five minutes. */
const PATIENT = ['-o', 'DPkg::Lock::Timeout=300']
const QUIET = { DEBIAN_FRONTEND: 'noninteractive' }

let inHand: Promise<unknown> | undefined

/**
 * Installs packages with apt-get, as root. The parts of a start come up side by side, apt-get works alone: each call
 * waits for the one before. The lists are brought up to date once.
 */
export function installPackages(names: readonly string[]): Promise<Outcome> {
  const before = inHand ?? run('apt-get', [...PATIENT, 'update', '-qq'], { env: QUIET })
  const installing = before
    .catch(() => undefined)
    .then(() =>
      run('apt-get', [...PATIENT, 'install', '-y', '-qq', '--no-install-recommends', ...names], { env: QUIET }),
    )
  inHand = installing
  return installing
}
