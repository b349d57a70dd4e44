import { nearest } from '../../../rules/nearest.ts'
import { parseLiquid, variablesOf } from '../../messages/liquid.ts'
import { isMergeValue, MERGE_VALUES } from '../../messages/mergeTags.ts'
import type { Warning } from './compiled.ts'
import { liquidMistake } from './mask.ts'
import { positionsIn } from './position.ts'

type Remark = { message: string; line?: number; column?: number }

/**
 * Checks the Liquid of a text without running it: that it can be parsed, and that each merge tag that it names exists.
 *
 * @param path of the text in the request, for warnings
 */
export function checkLiquid(source: string, path: string): { mistakes: Remark[]; warnings: Warning[] } {
  try {
    const template = parseLiquid(source)
    const mistakes = variablesOf(template).flatMap(({ path, line, column }): Remark[] => {
      const wrong = nameMistake(path)
      return wrong === undefined ? [] : [{ message: wrong, line, column }]
    })
    return { mistakes, warnings: escapeWarnings(source, path) }
  } catch (error) {
    return { mistakes: [liquidMistake(error)], warnings: [] }
  }
}

function nameMistake(path: readonly (string | number)[]): string | undefined {
  const name = path.join('.')
  if (isMergeValue(name)) return undefined
  const group = MERGE_VALUES.filter((known) => known.startsWith(`${name}.`))
  if (group.length > 0) return `“${name}” is a group: say which of it, like ${group[0]}`
  const meant = nearest(name, MERGE_VALUES)
  return `There is no merge tag “${name.slice(0, 100)}”${meant === undefined ? '' : `: did you mean “${meant}”?`}`
}

/** What merge tags bring is escaped by itself: doing it again shows readers the entities. */
function escapeWarnings(source: string, path: string): Warning[] {
  const positionOf = positionsIn(source)
  return [...source.matchAll(/\|\s*(escape|escape_once|h)\b(?=[^{}]*\}\})/g)].map((match) => ({
    code: 'escaped_twice' as const,
    path,
    message: `Merge tags are escaped by themselves: take “| ${match[1]}” out`,
    ...positionOf(match.index),
  }))
}
