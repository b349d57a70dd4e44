import { ActionIcon } from '@mantine/core'
import { IconRoute, IconX } from '@tabler/icons-react'
import { FormattedMessage } from 'react-intl'
import { richTags, useText } from '../shared/useText.tsx'
import classes from './RuleCanvasPage.module.css'

type Props = { name: string; member: boolean; changed: boolean; onEnd: () => void }

/** Says whose way is lit, and ends it. */
export function FollowedChip({ name, member, changed, onEnd }: Props) {
  const text = useText()
  return (
    <div className={classes.chip} role="status">
      <IconRoute size={16} aria-hidden="true" />
      <span>
        <FormattedMessage id={member ? 'canvas.followed.in' : 'canvas.followed.out'} values={{ name, ...richTags }} />
        {changed && ` ${text('canvas.followed.saved')}`}
      </span>
      <ActionIcon size="sm" aria-label={text('canvas.followed.end')} onClick={onEnd}>
        <IconX size={15} />
      </ActionIcon>
    </div>
  )
}
