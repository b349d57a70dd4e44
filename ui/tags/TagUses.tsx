import { Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { z } from 'zod'
import type { getTagUses } from '../../api/contract/tags.ts'
import { useSegmentWords } from '../shared/useSegmentWords.ts'
import { useText } from '../shared/useText.tsx'
import classes from './Tag.module.css'

type Use = z.infer<typeof getTagUses.answer>['items'][number]

/** What names a tag, each with the way to it. Nothing where nothing does. */
export function TagUses({ title, uses }: { title: string; uses: readonly Use[] }) {
  const text = useText()
  const { nameOf } = useSegmentWords()
  if (uses.length === 0) return null
  const linked = ({ kind, id, name }: Use) => {
    switch (kind) {
      case 'segment':
        return (
          <Link to="/segments/$id" params={{ id }}>
            {nameOf({ id, name })}
          </Link>
        )
      case 'automation':
        return (
          <Link to="/automations/$id" params={{ id }}>
            {name}
          </Link>
        )
      case 'campaign':
        return (
          <Link to="/mailings/$id" params={{ id }}>
            {name}
          </Link>
        )
      default:
        return name
    }
  }
  return (
    <div>
      <Text fz="sm">{title}</Text>
      <ul className={classes.list}>
        {uses.map((use) => (
          <Text component="li" fz="sm" key={`${use.kind} ${use.id}`}>
            {text(`tags.use.${use.kind}`)} {linked(use)}
          </Text>
        ))}
      </ul>
    </div>
  )
}
