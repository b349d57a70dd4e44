import { createElement, useDeferredValue, useMemo } from 'react'
import type { Path, Rule } from '../../../rules/rule.ts'
import { type Run, sentenceOf, type WordOptions } from '../../../rules/words.ts'
import { useText } from '../../shared/useText.tsx'
import { type Store, useStoreValue } from '../flow/store.ts'
import classes from './panel.module.css'

type Props = {
  rule: Rule
  words: WordOptions
  /** The card that is pointed at, here or on the canvas: its phrase is lit. */
  pointed: Store<string | null>
  onPoint: (at: string | null) => void
}

/** The rule as a sentence; each phrase lights its card, and back. */
export function InWords({ rule, words, pointed, onPoint }: Props) {
  const text = useText()
  // The sentence of a large rule is long: what was edited is drawn before.
  const drawn = useDeferredValue(rule)
  const phrases = useMemo(() => phrasesOf(sentenceOf(drawn, words)), [drawn, words])
  return (
    <section className={classes.section}>
      <h2 className={classes.heading}>{text('canvas.words')}</h2>
      <p className={classes.sentence}>
        {phrases.map(({ key, path, runs }) => (
          <Phrase key={key} path={path} runs={runs} pointed={pointed} onPoint={onPoint} />
        ))}
      </p>
    </section>
  )
}

type PhraseOf = { readonly path: string | undefined; readonly runs: readonly Run[] }

/** Runs of the same card together. What stands between two cards is named by the card before. */
function phrasesOf(runs: readonly Run[]): Array<PhraseOf & { key: string }> {
  const phrases: Array<{ key: string; path: Path | undefined; runs: Run[] }> = []
  for (const run of runs) {
    const last = phrases.at(-1)
    if (last && last.path === run.path) last.runs.push(run)
    else phrases.push({ key: run.path ?? `after ${last?.path}`, path: run.path, runs: [run] })
  }
  return phrases
}

/** Words that light their card while they are pointed at, and are lit by it. */
export function Phrase({ path, runs, pointed, onPoint }: PhraseOf & Pick<Props, 'pointed' | 'onPoint'>) {
  const lit = useStoreValue(pointed, (at) => at !== null && at === path)
  const said = runs.map((run) => (run.strong ? createElement('strong', { key: run.text }, run.text) : run.text))
  if (path === undefined) return createElement('span', null, ...said)
  const pointing = { onPointerEnter: () => onPoint(path), onPointerLeave: () => onPoint(null) }
  return createElement('span', { className: classes.run, 'data-lit': lit || undefined, ...pointing }, ...said)
}
