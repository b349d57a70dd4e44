import { Button, Group, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useIntl } from 'react-intl'
import { type Account, beginSecondFactor, removeSecondFactor, renewRecoveryCodes } from '../../api/contract/access.ts'
import { call } from '../client/call.ts'
import { Sheet } from '../settings/Sheet.tsx'
import { notifyDone } from '../shared/notify.ts'
import { useText } from '../shared/useText.tsx'
import { accountQuery } from './accountQuery.ts'
import { EnrolDialog } from './EnrolDialog.tsx'
import { ProofDialog } from './ProofDialog.tsx'
import { RecoveryCodes } from './RecoveryCodes.tsx'

type Proof = { password: string; code: string }

/** The second factor: set up, renewed and taken away. */
export function SecondFactor({ account }: { account: Account }) {
  const text = useText()
  const intl = useIntl()
  const queries = useQueryClient()
  const [asking, ask] = useState<'begin' | 'remove' | 'renew' | null>(null)
  const [codes, show] = useState<readonly string[] | null>(null)
  const look = () => void queries.invalidateQueries({ queryKey: accountQuery.queryKey })
  const begin = useMutation({
    mutationFn: ({ password }: Proof) => call(beginSecondFactor, { body: { password } }),
    onSuccess: () => ask(null),
  })
  const remove = useMutation({
    mutationFn: (proof: Proof) => call(removeSecondFactor, { body: proof }),
    onSuccess: () => {
      ask(null)
      notifyDone(text('factor.removed'))
      look()
    },
  })
  const renew = useMutation({
    mutationFn: (proof: Proof) => call(renewRecoveryCodes, { body: proof }),
    onSuccess: ({ recovery_codes }) => {
      ask(null)
      show(recovery_codes)
      look()
    },
  })
  const acts = { begin, remove, renew }
  const titles = { begin: text('factor.setUp'), remove: text('factor.remove'), renew: text('factor.renew') }
  const open = (act: keyof typeof acts) => {
    acts[act].reset()
    ask(act)
  }
  const on = account.second_factor
  const act = asking === null ? null : acts[asking]
  return (
    <Sheet title={text('factor.title')}>
      {on === null ? (
        <>
          <Text fz="sm">{text('factor.off')}</Text>
          <Group>
            <Button variant="default" onClick={() => open('begin')}>
              {text('factor.setUp')}
            </Button>
          </Group>
        </>
      ) : (
        <>
          <Text fz="sm">
            {text('factor.on', { date: intl.formatDate(on.since, { dateStyle: 'medium' }) })}{' '}
            {text('factor.left', { count: on.recovery_codes_left })}
          </Text>
          <Group>
            <Button variant="default" onClick={() => open('renew')}>
              {text('factor.renew')}
            </Button>
            <Button variant="subtle" color="red" onClick={() => open('remove')}>
              {text('factor.remove')}
            </Button>
          </Group>
        </>
      )}
      {asking !== null && act !== null && (
        <ProofDialog
          title={titles[asking]}
          withCode={asking !== 'begin'}
          pending={act.isPending}
          error={act.error}
          onClose={() => ask(null)}
          onProve={(proof) => act.mutate(proof)}
        />
      )}
      {begin.data !== undefined && on === null && codes === null && (
        <EnrolDialog
          {...begin.data}
          onClose={() => begin.reset()}
          onDone={(made) => {
            begin.reset()
            show(made)
            look()
          }}
        />
      )}
      {codes !== null && <RecoveryCodes codes={codes} onClose={() => show(null)} />}
    </Sheet>
  )
}
