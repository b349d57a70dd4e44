import { type Automation, STEP_KINDS } from '../../../rules/automations/automation.ts'
import { isDrawable } from '../../canvas/keeping/drawable.ts'

type Json = Readonly<Record<string, unknown>>
const isObject = (json: unknown): json is Json => typeof json === 'object' && json !== null && !Array.isArray(json)
const isHappening = (json: unknown): boolean => isObject(json) && typeof json.on === 'string'
/** Where a rule may stand: none, or one that can be drawn. */
const isRule = (json: unknown): boolean => json === undefined || isDrawable(json)
const isCondition = (json: unknown): boolean =>
  isObject(json) && isRule(json.rule) && (json.on === undefined || isHappening(json.on))

/**
 * Whether something is made as an automation is, so that it can be drawn, whatever mistakes there are in what its steps
 * do. A draft that came in by the API need not be.
 */
export function isAutomation(json: unknown): json is Automation {
  if (!isObject(json) || !isHappening(json.when) || !isRule(json.only)) return false
  if (json.unless !== undefined && !(Array.isArray(json.unless) && json.unless.every(isCondition))) return false
  if (json.goal !== undefined && !isCondition(json.goal)) return false
  const ids = new Set<string>()
  return isSequence(json.then, ids)
}

const isSequence = (json: unknown, ids: Set<string>): boolean =>
  Array.isArray(json) && json.every((step) => isStep(step, ids))

function isStep(json: unknown, ids: Set<string>): boolean {
  if (!isObject(json) || typeof json.id !== 'string' || ids.has(json.id) || /[:/\s]/.test(json.id)) return false
  ids.add(json.id)
  const kinds = STEP_KINDS.filter((kind) => kind in json)
  const [kind] = kinds
  if (kind === undefined || kinds.length > 1) return false
  if (kind === 'wait_for') {
    const what = json.wait_for
    const isRight = isHappening(what) || (isObject(what) && isDrawable(what.rule))
    return isRight && isObject(json.at_most) && isSequence(json.then, ids) && isSequence(json.else, ids)
  }
  if (kind === 'branch' || kind === 'split') {
    const ways = json[kind]
    const isRight = Array.isArray(ways) && ways.every((way) => isWay(way, kind, ids))
    return isRight && (kind === 'split' || isSequence(json.else, ids))
  }
  return kind === 'status' || kind === 'go_to' ? typeof json[kind] === 'string' : kind === 'end' || isObject(json[kind])
}

const isWay = (json: unknown, kind: 'branch' | 'split', ids: Set<string>): boolean =>
  isObject(json) &&
  (kind === 'branch' ? isDrawable(json.if) : typeof json.percent === 'number') &&
  isSequence(json.then, ids)
