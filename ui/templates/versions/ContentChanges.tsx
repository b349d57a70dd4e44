import { Button, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { compareTemplate, diffTemplate } from '../../../api/contract/templateVersions.ts'
import { call } from '../../client/call.ts'
import versions from '../../segment/versions/versions.module.css'
import { ErrorState } from '../../shared/ErrorState.tsx'
import { RowsLoading } from '../../shared/Loading.tsx'
import { useLanguage } from '../../shared/useLanguage.ts'
import { useText } from '../../shared/useText.tsx'
import type { Content } from '../mjml/draft.ts'
import classes from './ContentChanges.module.css'

type Props = {
  id: string
  /** The number of a version, or what is kept nowhere yet. */
  from: string | Content
  /** The number of a version, or `draft`. */
  to: string
  /** Of what may change: another draft is another difference. */
  stamp?: string
}

/** What changed from one version of a template to another, in words; line by line for those who want it. */
export function ContentChanges({ id, from, to, stamp = '' }: Props) {
  const text = useText()
  const [language] = useLanguage()
  const [lines, showLines] = useState(false)
  const { data, error, refetch } = useQuery({
    queryKey: ['template', id, 'diff', from, to, stamp, language],
    queryFn: ({ signal }) =>
      typeof from === 'string'
        ? call(diffTemplate, { params: { id }, query: { from, to, language }, signal })
        : call(compareTemplate, { params: { id }, body: { content: from, to, language }, signal }),
  })
  if (error) return <ErrorState error={error} onRetry={refetch} />
  if (data === undefined) return <RowsLoading rows={2} />
  if (data.changes.length === 0 && data.lines.every(({ kind }) => kind === 'same')) {
    return <Text c="dimmed">{text('template.versions.same')}</Text>
  }
  const changed = data.lines.filter(({ kind }) => kind !== 'same')
  const counted = new Map<string, number>()
  for (const { sentence } of data.changes) counted.set(sentence, (counted.get(sentence) ?? 0) + 1)
  return (
    <div>
      <ul className={versions.changes} aria-label={text('version.changes')}>
        {[...counted].map(([sentence, count]) => (
          <li key={sentence}>
            {sentence}
            {count > 1 && ` (${count}×)`}
          </li>
        ))}
      </ul>
      {changed.length > 0 && (
        <Button size="compact-sm" variant="subtle" color="gray" aria-expanded={lines} onClick={() => showLines(!lines)}>
          {text('template.versions.lines', { count: changed.length })}
        </Button>
      )}
      {lines && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        <pre className={classes.lines} tabIndex={0}>
          {changed.map(({ kind, text: line, line: number }) => (
            <span key={`${kind} ${number}`} data-kind={kind}>
              <span className={classes.number}>{number}</span>
              {kind === 'added' ? '+ ' : '− '}
              {line}
              {'\n'}
            </span>
          ))}
        </pre>
      )}
    </div>
  )
}
