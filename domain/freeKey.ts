import { type Database, rows } from './database.ts'

const LONGEST_KEY = 50

/**
 * A key that nothing has yet, made from a name: “Très fidèles” becomes `tres-fideles`, or `tres-fideles-2` when that is
 * taken. Held to the end of the transaction.
 *
 * @param table what is to have the key
 * @param nameless the key of what has no letter or digit in its name
 * @param taken what addresses mean something else by
 */
export async function freeKey(
  trx: Database,
  table: 'automations' | 'segments' | 'templates',
  name: string,
  { nameless, taken }: { nameless: string; taken: readonly string[] },
): Promise<string> {
  const ascii = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_KEY)
    .replace(/^-+|-+$/g, '')
  const base = ascii === '' ? nameless : ascii
  const sql = `SELECT \`key\` FROM ${table} WHERE \`key\` LIKE ? FOR UPDATE`
  const alike = await rows<{ key: string }>(trx, sql, [`${base}%`])
  const keys = new Set([...taken, ...alike.map(({ key }) => key)])
  let key = base
  for (let number = 2; keys.has(key); number += 1) key = `${base}-${number}`
  return key
}
