import { Button, Checkbox, Tooltip, UnstyledButton } from '@mantine/core'
import { IconCirclePlus, IconMail } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { FormattedMessage } from 'react-intl'
import type { Delivery } from '../../api/contract/customers.ts'
import { type DeliveryFilter, exportDeliveries, listRecipients } from '../../api/contract/deliveries.ts'
import { call } from '../client/call.ts'
import classes from '../segment/PickBar.module.css'
import { IfMay } from '../shared/IfMay.tsx'
import { useNotifyProblem } from '../shared/notify.ts'
import { keepRecipients } from '../shared/recipients.ts'
import { richTags, useText } from '../shared/useText.tsx'
import { TagButton } from '../tags/TagButton.tsx'
import { ExportMenu } from './ExportMenu.tsx'
import { customersOf, isPicked, NOTHING, type Picked, togglePage } from './picked.ts'
import { ruleOf } from './ruleOf.ts'

type Props = {
  filter: DeliveryFilter
  picked: Picked
  onPick: (picked: Picked) => void
  shown: readonly Delivery[]
  /** How many messages match; undefined while that is not known. */
  total: number | undefined
}

/**
 * One bar that says which messages are picked and what can be done with those who got them: tag them, write to them, make
 * a segment of all like them. With nothing picked it acts on all that match.
 */
export function PickedBar({ filter, picked, onPick, shown, total }: Props) {
  const text = useText()
  const navigate = useNavigate()
  const notifyProblem = useNotifyProblem()
  const customers = customersOf(picked)
  const isSome = picked.kind === 'some' && picked.of.size > 0
  const count = isSome ? picked.of.size : (total ?? 0)
  const onPage = shown.filter(({ id }) => isPicked(picked, id)).length
  const { rule, whole } = ruleOf(filter)
  const write = useMutation({
    mutationFn: async () => (isSome ? customers : (await call(listRecipients, { query: filter })).items),
    onSuccess: (ids) => {
      keepRecipients({ recipients: { customers: ids }, count: ids.length, label: text('deliveries.recipients') })
      void navigate({ to: '/compose' })
    },
    onError: notifyProblem,
  })
  return (
    <div className={classes.bar}>
      <Checkbox
        size="sm"
        checked={shown.length > 0 && onPage === shown.length}
        indeterminate={onPage > 0 && onPage < shown.length}
        disabled={shown.length === 0}
        onChange={() => onPick(togglePage(picked, shown))}
        aria-label={text('deliveries.pickPage', { count: shown.length })}
      />
      <span className={classes.words} role="status">
        <FormattedMessage
          id={
            isSome ? 'deliveries.pickedSome' : picked.kind === 'all' ? 'deliveries.pickedAll' : 'deliveries.pickedNone'
          }
          values={{ ...richTags, count, customers: customers.length, total: total ?? 0 }}
        />
      </span>
      {picked.kind !== 'all' && total !== undefined && total > 0 && !(isSome && count === total) && (
        <UnstyledButton className={classes.link} onClick={() => onPick({ kind: 'all' })}>
          {text('pick.pickAll', { total })}
        </UnstyledButton>
      )}
      {(isSome || picked.kind === 'all') && (
        <UnstyledButton className={classes.link} onClick={() => onPick(NOTHING)}>
          {text('deliveries.pickNone')}
        </UnstyledButton>
      )}
      <div className={classes.acts}>
        <IfMay permission="customers.write">
          <TagButton
            whom={isSome ? { customers } : { deliveries: filter }}
            title={
              isSome ? text('tag.title', { count: customers.length }) : text('tag.titleMessages', { count: total ?? 0 })
            }
            disabled={count === 0}
          />
        </IfMay>
        <Tooltip label={text(whole ? 'deliveries.segmentHint' : 'deliveries.segmentPart')} multiline maw={320}>
          <Button
            variant="default"
            leftSection={<IconCirclePlus size={17} />}
            onClick={() => navigate({ to: '/segments/new', search: { rule: JSON.stringify(rule) } })}
          >
            {text('deliveries.segment')}
          </Button>
        </Tooltip>
        <ExportMenu path={exportDeliveries.path} query={filter} />
        <Button
          leftSection={<IconMail size={17} />}
          disabled={count === 0}
          loading={write.isPending}
          onClick={() => write.mutate()}
        >
          {text('deliveries.write')}
        </Button>
      </div>
    </div>
  )
}
