import { Badge, Group, Tooltip } from '@mantine/core'
import { TagBadge } from './TagBadge.tsx'
import { useTagColour } from './useKnownTags.ts'

/** More stand behind a number, so that rows keep their height. */
const SHOWN = 3

/** A customer's tags in a row of a list. */
export function Tags({ tags, shown = SHOWN }: { tags: readonly string[]; shown?: number }) {
  const colourOf = useTagColour()
  if (tags.length === 0) return null
  const others = tags.slice(shown)
  return (
    <Group gap={4}>
      {tags.slice(0, shown).map((tag) => (
        <TagBadge key={tag} tag={tag} colour={colourOf(tag)} />
      ))}
      {others.length > 0 && (
        <Tooltip label={others.join(', ')}>
          <Badge color="gray" size="sm">
            +{others.length}
          </Badge>
        </Tooltip>
      )}
    </Group>
  )
}
