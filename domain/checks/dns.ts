import { Resolver } from 'node:dns/promises'

/** What DNS says about a name: its records, that it has none, or that nobody answered. */
export type Answer<Record> = { records: Record[] } | 'none' | 'unreachable'

/** The part of DNS that the checks of a sender need. */
export type Dns = {
  /** The texts of a name, each with its parts joined. */
  txt(name: string): Promise<Answer<string>>
  mx(name: string): Promise<Answer<string>>
}

/** How long one question may take, in milliseconds: somebody is waiting for the answer. */
const PATIENCE = 2_000
const HAS_NONE: ReadonlySet<unknown> = new Set(['ENOTFOUND', 'ENODATA'])

/**
 * Asks DNS servers, with a time limit.
 *
 * @param servers `address:port` of each; those of the machine when there are none
 */
export function openDns(servers: readonly string[] = []): Dns {
  const resolver = new Resolver({ timeout: PATIENCE, tries: 1 })
  if (servers.length > 0) resolver.setServers(servers)
  const ask = async <Record>(question: () => Promise<Record[]>): Promise<Answer<Record>> => {
    try {
      return { records: await question() }
    } catch (error) {
      return HAS_NONE.has((error as { code?: unknown }).code) ? 'none' : 'unreachable'
    }
  }
  return {
    txt: (name) => ask(async () => (await resolver.resolveTxt(name)).map((parts) => parts.join(''))),
    mx: (name) => ask(async () => (await resolver.resolveMx(name)).map(({ exchange }) => exchange)),
  }
}
