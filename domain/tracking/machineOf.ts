import { BlockList, isIPv6 } from 'node:net'
import { MACHINE_RULES, type MachineRule } from './machineRules.ts'

/** A fetch of the pixel or of a link. Address and agent are looked at and not kept. */
export type Visit = {
  type: 'opened' | 'clicked'
  method: string
  agent: string
  address: string
}

/** What is known of the mail at that moment. */
export type Moment = {
  /** Whether its mail server has not answered yet. */
  beforeAnswer: boolean
  /** How many different links of it were followed within the last seconds, with this visit. */
  linksWithin: (seconds: number) => number
}

type Ready = MachineRule & { pattern: RegExp | null; list: BlockList | null }

const RULES: readonly Ready[] = MACHINE_RULES.map((rule) => ({
  ...rule,
  pattern: rule.agent === undefined ? null : new RegExp(rule.agent, 'i'),
  list: rule.networks === undefined ? null : listOf(rule.networks),
}))

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    list.addSubnet(address, Number(bits), isIPv6(address) ? 'ipv6' : 'ipv4')
  }
  return list
}

/** Agents of people are shorter; nobody searches a megabyte. */
const MOST_OF_AGENT = 500

/** The rule by which a visit is a machine's; null: a person's. */
export function machineOf(visit: Visit, moment: Moment): MachineRule | null {
  const agent = visit.agent.slice(0, MOST_OF_AGENT).trim()
  const rule = RULES.find(
    (one) => (one.of === 'any' || `${one.of}ed` === visit.type) && holds(one, { ...visit, agent }, moment),
  )
  return rule ?? null
}

function holds({ method, beforeAnswer, burst, pattern, list }: Ready, visit: Visit, moment: Moment): boolean {
  if (method !== undefined && visit.method !== method) return false
  if (beforeAnswer && !moment.beforeAnswer) return false
  if (burst !== undefined && moment.linksWithin(burst.seconds) < burst.links) return false
  if (pattern !== null && !pattern.test(visit.agent)) return false
  return list === null || isIn(list, visit.address)
}

function isIn(list: BlockList, address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  try {
    return list.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4')
  } catch {
    return false
  }
}
