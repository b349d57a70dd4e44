import { Document, isCollection, isMap, type Node, Scalar, visit, YAMLMap } from 'yaml'
import { type Condition, isAll, isAny, isNot, type Rule } from '../rule.ts'

/** A condition that is longer as JSON stands on several lines. */
const ONE_LINE = 96

const PAIRS = /[\ud800-\udbff][\udc00-\udfff]/g
/** A reader would not see these, or see something else; halves of a pair would be lost when the text becomes UTF-8. */
const UNSEEN = /[^\n\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/

type Contents = Document<Node>

/** A rule as it stands in the documentation: groups as blocks, conditions on one line each where they are short enough. */
export function writeRule(rule: Rule): string {
  const document = emptyDocument()
  document.contents = ruleNode(rule, document)
  return textOf(document)
}

/** A thing that has a rule, with its other members before it, one on each line. */
export function writeWithRule(members: Readonly<Record<string, unknown>>, rule: Rule): string {
  const document = emptyDocument()
  const map = new YAMLMap<string, Node>(document.schema)
  for (const [key, member] of Object.entries(members)) {
    const value: Node = document.createNode(member)
    map.add({ key, value: inOneLine(value) })
  }
  map.add({ key: 'rule', value: ruleNode(rule, document) })
  document.contents = map
  return textOf(document)
}

/** What has rules somewhere in it: rules as they always stand, and what is short and has nothing like them on one line. */
export function writeTree(value: unknown): string {
  const document = emptyDocument()
  document.contents = treeNode(value, document)
  return textOf(document)
}

const RULE = ['all', 'any', 'not', 'fact']
const isRule = (value: object): value is Rule => RULE.some((name) => name in value)

function treeNode(value: unknown, document: Contents): Node {
  if (Array.isArray(value)) {
    const list = document.createNode(value.map((entry) => treeNode(entry, document)))
    if (isCollection(list)) list.flow = value.every((entry) => typeof entry !== 'object')
    return list
  }
  if (typeof value !== 'object' || value === null) return document.createNode(value)
  if (isRule(value)) return ruleNode(value, document)
  const map = new YAMLMap<string, Node>(document.schema)
  for (const [key, member] of Object.entries(value)) map.add({ key, value: treeNode(member, document) })
  const isShort = JSON.stringify(value).length <= ONE_LINE && !Object.values(value).some(isDeep)
  return isShort ? inOneLine(map) : map
}

/** Whether something has rules or a list of things in it, which stand on lines of their own. */
const isDeep = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (isRule(value) ||
    Object.values(value).some(
      (inner) => typeof inner === 'object' && inner !== null && (Array.isArray(value) || isDeep(inner)),
    ))

/** YAML 1.2 that readers of YAML 1.1 read alike: what they would take for a truth or a date stands in quotes. */
const emptyDocument = (): Contents => new Document<Node>(undefined, { schema: 'core', compat: 'yaml-1.1' })

function textOf(document: Contents): string {
  visit(document, { Scalar: (_, scalar, [...around]) => chooseQuotes(scalar, around.some(isFlow)) })
  return document.toString({ lineWidth: 100 })
}

const isFlow = (node: unknown): boolean => isCollection(node) && node.flow === true

/** Texts stand as they are where that is safe; those of several lines as a block, or with escapes inside a line. */
function chooseQuotes(scalar: Scalar, withinLine: boolean): void {
  const { value } = scalar
  if (typeof value !== 'string') return
  if (UNSEEN.test(value.replace(PAIRS, ''))) scalar.type = Scalar.QUOTE_DOUBLE
  else if (value.includes('\n')) scalar.type = withinLine ? Scalar.QUOTE_DOUBLE : Scalar.BLOCK_LITERAL
}

function ruleNode(rule: Rule, document: Contents): Node {
  if (isAll(rule)) return document.createNode({ all: listNode(rule.all, document) })
  if (isAny(rule)) return document.createNode({ any: listNode(rule.any, document) })
  if (isNot(rule)) return document.createNode({ not: ruleNode(rule.not, document) })
  const ordered = inOrder(rule)
  const node = inOneLine(document.createNode(ordered))
  if (isMap(node)) node.flow = JSON.stringify(ordered).length <= ONE_LINE
  return node
}

function listNode(parts: readonly Rule[], document: Contents): Node {
  const list = document.createNode(parts.map((part) => ruleNode(part, document)))
  if (isCollection(list)) list.flow = parts.length === 0
  return list
}

/** What it is about, then how, then with what, whatever the order in which somebody clicked it together. */
function inOrder({ fact, is, value, ...parameters }: Condition): Record<string, unknown> {
  return { fact, ...parameters, is, ...(value === undefined ? {} : { value }) }
}

/** With its lists and maps within one line. */
function inOneLine<Kind extends Node>(node: Kind): Kind {
  visit(node, {
    Collection: (_, collection) => {
      collection.flow = true
    },
  })
  return node
}
