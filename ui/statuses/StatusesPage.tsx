import { Button } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { StatusAutomation, StatusRule } from '../../api/contract/statusAutomation.ts'
import { useWordOptions } from '../canvas/rule/useWordOptions.ts'
import { ProblemError } from '../client/problem.ts'
import { useMay } from '../client/useMay.ts'
import { ErrorState } from '../shared/ErrorState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { Page } from '../shared/Page.tsx'
import { useText } from '../shared/useText.tsx'
import { EventServices } from './EventServices.tsx'
import { IfSaved } from './IfSaved.tsx'
import { RuleGroup } from './RuleGroup.tsx'
import classes from './Statuses.module.css'
import { StatusNumbers } from './StatusNumbers.tsx'
import { automationQuery, isBack, previewQuery } from './statusDraft.ts'
import { useStatusDraft } from './useStatusDraft.ts'

/** The rules by which customers come to their status, each with its switch, and what saving them would do. */
export function StatusesPage() {
  const text = useText()
  const { data, error, refetch } = useQuery(automationQuery)
  return (
    <Page
      title={text('statuses.title')}
      back={{ to: '/settings' }}
      actions={
        <Button
          variant="default"
          leftSection={<IconHistory size={16} />}
          renderRoot={(rest: object) => <Link {...rest} to="/settings/statuses/versions" />}
        >
          {text('statuses.versions')}
        </Button>
      }
    >
      {data ? (
        <Rules saved={data} />
      ) : (
        <ListPanel>{error ? <ErrorState error={error} onRetry={refetch} /> : <RowsLoading rows={7} />}</ListPanel>
      )}
    </Page>
  )
}

function Rules({ saved }: { saved: StatusAutomation }) {
  const text = useText()
  const words = useWordOptions()
  const mayChange = useMay('statuses.write')
  const drafting = useStatusDraft(saved)
  const { draft } = drafting
  const preview = useQuery({ ...previewQuery(draft, saved.version), placeholderData: keepPreviousData })
  const wrong = preview.error instanceof ProblemError ? preview.error.mistakes : []
  const shared = {
    words,
    preview: preview.data,
    drafting,
    mayChange,
    mistakesOf: ({ id }: StatusRule) => {
      const at = `/rules/${draft.rules.findIndex((rule) => rule.id === id)}/`
      return wrong.filter(({ path }) => path.startsWith(at)).map(({ message }) => message)
    },
  }
  const up = draft.rules.filter((rule) => !isBack(rule))
  return (
    <div className={classes.page}>
      <div className={classes.main}>
        <StatusNumbers saved={saved} />
        <RuleGroup
          {...shared}
          title={text('statuses.fromLead')}
          hint={text('statuses.fromLeadHint')}
          whole={{ on: draft.enabled, onSwitch: drafting.setEnabled }}
          rules={up.filter(({ from }) => from === 'lead')}
          ways={[{ from: 'lead', to: 'customer' }]}
          empty={text('statuses.noRule')}
        >
          <EventServices drafting={drafting} mayChange={mayChange} />
        </RuleGroup>
        <RuleGroup
          {...shared}
          title={text('statuses.toVip')}
          hint={text('statuses.toVipHint')}
          rules={up.filter(({ from }) => from === 'customer')}
          ways={[{ from: 'customer', to: 'vip' }]}
          empty={text('statuses.vipByHand')}
        />
        <RuleGroup
          {...shared}
          title={text('statuses.back')}
          hint={text('statuses.backHint')}
          rules={draft.rules.filter(isBack)}
          ways={[
            { from: 'vip', to: 'customer' },
            { from: 'customer', to: 'lead' },
          ]}
          empty={text('statuses.nobodyBack')}
        />
      </div>
      <IfSaved
        saved={saved}
        drafting={drafting}
        preview={preview.data}
        error={preview.error}
        stale={preview.isPlaceholderData}
        onRetry={() => void preview.refetch()}
        mayChange={mayChange}
      />
    </div>
  )
}
