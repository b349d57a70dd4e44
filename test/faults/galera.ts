import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase, rows } from '../../domain/database.ts'
import { freePort } from '../../scripts/parts/ports.ts'
import { until } from '../support/until.ts'

/** Where distributions put the library of Galera. */
const LIBRARIES = [
  '/usr/lib/galera/libgalera_smm.so',
  '/usr/lib64/galera/libgalera_smm.so',
  '/usr/lib/libgalera_smm.so',
]
/** How long a node may take to join, with a copy of all data if need be, in milliseconds. */
const PATIENCE = 180_000

type Node = { folder: string; sql: number; group: number; state: number; catchUp: number; child: ChildProcess | null }

/** A replicated database on this machine: MariaDB with Galera, each node a server of its own on loopback. */
export class Galera {
  readonly #nodes: Node[]
  readonly #library: string

  private constructor(nodes: Node[], library: string) {
    this.#nodes = nodes
    this.#library = library
  }

  /**
   * Makes and starts the nodes and waits until all of them have joined.
   *
   * @param folder an empty folder for their data
   * @throws where MariaDB or Galera is not installed
   */
  static async start(folder: string, count = 3): Promise<Galera> {
    const library = LIBRARIES.find((file) => existsSync(file))
    if (library === undefined) throw new Error('Galera is not installed: Debian’s package is galera-4')
    const nodes: Node[] = []
    for (let n = 1; n <= count; n++) {
      const own = { sql: await freePort(), group: await freePort(), state: await freePort(), catchUp: await freePort() }
      nodes.push({ folder: join(folder, `node${n}`), ...own, child: null })
    }
    const cluster = new Galera(nodes, library)
    handOver(folder)
    try {
      for (const [n, node] of nodes.entries()) {
        mkdirSync(node.folder, { recursive: true })
        handOver(node.folder)
        const install = [
          '--no-defaults',
          `--datadir=${join(node.folder, 'data')}`,
          '--auth-root-authentication-method=normal',
        ]
        const { status, stderr } = spawnSync('mariadb-install-db', install, { ...OWNER, encoding: 'utf8' })
        if (status !== 0) throw new Error(`mariadb-install-db: ${stderr}`)
        await cluster.#begin(node, n === 0 ? ['--wsrep-new-cluster'] : [])
      }
    } catch (error) {
      await cluster.end()
      throw error
    }
    return cluster
  }

  /** The addresses of the nodes' servers, without a database. */
  get urls(): string[] {
    return this.#nodes.map(({ sql }) => `mysql://root@127.0.0.1:${sql}`)
  }

  /** Kills the n-th node, leaves it away for a while, in milliseconds, and starts it again; settles when it has caught up. */
  async strike(n: number, away: number): Promise<void> {
    const node = this.#nodes[n] as Node
    await end(node)
    await new Promise((done) => setTimeout(done, away))
    await this.#begin(node, this.#positionOf(node))
  }

  async end(): Promise<void> {
    await Promise.all(this.#nodes.map(end))
  }

  #settingsOf(node: Node): string[] {
    const peers = this.#nodes.map(({ group }) => `127.0.0.1:${group}`).join(',')
    const provider = [
      `base_host=127.0.0.1; base_port=${node.group}; gmcast.listen_addr=tcp://127.0.0.1:${node.group}`,
      // a node that is gone is given up within seconds, as between machines of one place
      `ist.recv_addr=127.0.0.1:${node.catchUp}; evs.suspect_timeout=PT4S; evs.inactive_timeout=PT8S; gcache.size=256M`,
    ].join('; ')
    return [
      ...settingsOf(node),
      ...['--binlog-format=ROW', '--innodb-autoinc-lock-mode=2', '--wsrep-on=ON', '--wsrep-sst-method=rsync'],
      ...[
        `--wsrep-provider=${this.#library}`,
        `--wsrep-cluster-address=gcomm://${peers}`,
        '--wsrep-cluster-name=faults',
      ],
      ...[`--wsrep-node-address=127.0.0.1:${node.group}`, `--wsrep-sst-receive-address=127.0.0.1:${node.state}`],
      ...[`--wsrep-provider-options=${provider}`, '--wsrep-slave-threads=2'],
    ]
  }

  /** How far a killed node came: with that it is given what it missed, without it a copy of everything. */
  #positionOf(node: Node): string[] {
    const args = [...this.#settingsOf(node), '--wsrep-recover']
    const { stdout, stderr } = spawnSync('mariadbd', args, { ...OWNER, encoding: 'utf8' })
    const position = /Recovered position:? *([0-9a-f-]+:-?\d+)/.exec(stdout + stderr)?.[1]
    return position === undefined ? [] : [`--wsrep-start-position=${position}`]
  }

  async #begin(node: Node, more: readonly string[]): Promise<void> {
    const log = openSync(join(node.folder, 'log'), 'a')
    const args = [...this.#settingsOf(node), ...more]
    const child = spawn('mariadbd', args, { ...OWNER, stdio: ['ignore', log, log] })
    node.child = child
    await until(async () => {
      if (child.exitCode !== null || child.signalCode !== null) {
        const last = readFileSync(join(node.folder, 'log'), 'utf8').trim().split('\n').slice(-10)
        throw new Error(`a node ended with ${child.exitCode ?? child.signalCode}:\n${last.join('\n')}`)
      }
      return isSynced(node)
    }, PATIENCE)
  }
}

/**
 * Whose processes the nodes are. Not root's: the copy that a node asks for is taken by a server that gives up being root, and
 * then can't write.
 */
const OWNER: { uid?: number; gid?: number } = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {}

function idOf(which: '-u' | '-g'): number {
  return Number(spawnSync('id', [which, 'mysql'], { encoding: 'utf8' }).stdout)
}

function handOver(folder: string): void {
  if (OWNER.uid !== undefined && OWNER.gid !== undefined) chownSync(folder, OWNER.uid, OWNER.gid)
}

const settingsOf = ({ folder, sql }: Node): string[] => [
  ...['--no-defaults', `--datadir=${join(folder, 'data')}`, `--socket=${join(folder, 'socket')}`],
  ...[`--port=${sql}`, '--bind-address=127.0.0.1', '--max-connections=300', '--innodb-buffer-pool-size=256M'],
  ...['--character-set-server=utf8mb4', '--collation-server=utf8mb4_unicode_520_ci', '--skip-name-resolve'],
]

async function end({ child }: Node): Promise<void> {
  if (child === null || child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

async function isSynced({ sql }: Node): Promise<boolean> {
  const db = openDatabase(`mysql://root@127.0.0.1:${sql}/`, 1)
  try {
    const [row] = await rows<{ Value: string }>(db, "SHOW STATUS LIKE 'wsrep_local_state_comment'")
    return row?.Value === 'Synced'
  } catch {
    return false
  } finally {
    await db.destroy()
  }
}
