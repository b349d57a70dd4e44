import { Badge, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { FormattedMessage } from 'react-intl'
import type { Version } from '../../../api/contract/segmentVersions.ts'
import { sentenceOf, textOf } from '../../../rules/words.ts'
import { isDrawable } from '../../canvas/keeping/drawable.ts'
import { useWordOptions } from '../../canvas/rule/useWordOptions.ts'
import { Instant } from '../../shared/Instant.tsx'
import { useText } from '../../shared/useText.tsx'
import classes from './versions.module.css'

type Props = {
  title: string
  isPublished?: boolean
  rule: Record<string, unknown>
  at: string
  by: string | null
  /** What else is known of one that was published. */
  version?: Version
  acts: ReactNode
}

/** One version, or the draft: its rule in words, whose it is, what it did, and what can be done with it. */
export function VersionItem({ title, isPublished = false, rule, at, by, version, acts }: Props) {
  const text = useText()
  const words = useWordOptions()
  const sentence = isDrawable(rule) ? textOf(sentenceOf(rule, words)) : ''
  return (
    <li className={classes.version}>
      <div className={classes.head}>
        <h2 className={classes.number}>{title}</h2>
        {isPublished && <Badge color="green">{text('version.published')}</Badge>}
        <Text span fz="sm" c="dimmed">
          <FormattedMessage
            id={by === null ? 'version.shipped' : 'version.by'}
            values={{ who: by, at: <Instant at={at} time /> }}
          />
        </Text>
        {version?.restored_from && (
          <Badge color="gray">{text('version.restored', { version: version.restored_from })}</Badge>
        )}
        {version && (
          <Text span fz="sm" c="dimmed" className="numbers">
            {version.entered === null || version.left === null
              ? text('version.computing')
              : text('version.moves', { entered: version.entered, left: version.left })}
          </Text>
        )}
      </div>
      <div className={classes.acts}>{acts}</div>
      <p className={classes.sentence}>{sentence}</p>
      {version && version.note !== '' && <p className={classes.note}>{version.note}</p>}
    </li>
  )
}
