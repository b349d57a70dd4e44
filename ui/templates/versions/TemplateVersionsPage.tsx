import { Badge, Button, Modal, NativeSelect, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { FormattedMessage } from 'react-intl'
import type { Template } from '../../../api/contract/templates.ts'
import { templateQuery, templateVersionsQuery } from '../../client/templates.ts'
import classes from '../../segment/versions/versions.module.css'
import { ErrorState } from '../../shared/ErrorState.tsx'
import { Instant } from '../../shared/Instant.tsx'
import { ListPanel } from '../../shared/ListPanel.tsx'
import { RowsLoading } from '../../shared/Loading.tsx'
import { Page } from '../../shared/Page.tsx'
import { useReadableSubject } from '../../shared/useReadableSubject.ts'
import { useText } from '../../shared/useText.tsx'
import { TemplateTabs } from '../TemplateTabs.tsx'
import { ContentChanges } from './ContentChanges.tsx'
import { RestoreDialog } from './RestoreDialog.tsx'

const route = getRouteApi('/shell/templates/$id/versions')

/** The versions of a template: who published each and why; compared, and taken up again. */
export function TemplateVersionsPage() {
  const text = useText()
  const subjectOf = useReadableSubject()
  const { id } = route.useParams()
  const { data: template, ...read } = useQuery(templateQuery(id))
  const { data, error, refetch } = useQuery(templateVersionsQuery(id))
  const [compared, compare] = useState<{ from: string; to: string } | null>(null)
  const [restored, restore] = useState<number | null>(null)
  const failed = read.error ?? error
  const numbers = (data?.items ?? []).map(({ version }) => version)
  return (
    <Page title={template?.name ?? text('template.title')} back={{ to: '/templates' }} aside={<TemplateTabs id={id} />}>
      {failed ? (
        <ErrorState error={failed} onRetry={() => void (read.error ? read.refetch() : refetch())} />
      ) : template === undefined || data === undefined ? (
        <RowsLoading />
      ) : (
        <ListPanel>
          <ul className={classes.list}>
            {template.draft && (
              <Item
                title={text('version.draft')}
                at={template.draft.updated_at}
                by={template.draft.updated_by}
                subject={subjectOf(template.draft.content.subject)}
                acts={
                  <>
                    {numbers.length > 0 && (
                      <Button
                        size="xs"
                        variant="default"
                        onClick={() => compare({ from: String(template.version), to: 'draft' })}
                      >
                        {text('version.compare')}
                      </Button>
                    )}
                    <Button size="xs" component={Link} to={`/templates/${id}`}>
                      {text('version.openDraft')}
                    </Button>
                  </>
                }
              />
            )}
            {data.items.map((version) => (
              <Item
                key={version.version}
                title={text('version.title', { version: version.version })}
                isPublished={version.version === template.version}
                at={version.created_at}
                by={version.created_by}
                subject={subjectOf(version.subject)}
                note={version.note}
                restoredFrom={version.restored_from}
                acts={
                  <>
                    {version.version > 1 && (
                      <Button
                        size="xs"
                        variant="default"
                        onClick={() => compare({ from: String(version.version - 1), to: String(version.version) })}
                      >
                        {text('version.compare')}
                      </Button>
                    )}
                    {version.version !== template.version && (
                      <Button size="xs" variant="default" onClick={() => restore(version.version)}>
                        {text('version.restore')}
                      </Button>
                    )}
                  </>
                }
              />
            ))}
          </ul>
        </ListPanel>
      )}
      {compared && template && (
        <CompareDialog
          template={template}
          choices={[...(template.draft ? ['draft'] : []), ...numbers.map(String)]}
          first={compared}
          onClose={() => compare(null)}
        />
      )}
      {restored !== null && template && (
        <RestoreDialog template={template} version={restored} onClose={() => restore(null)} />
      )}
    </Page>
  )
}

type ItemProps = {
  title: string
  isPublished?: boolean
  at: string
  by: string | null
  subject: string
  note?: string
  restoredFrom?: number | null
  acts: ReactNode
}

function Item({ title, isPublished = false, at, by, subject, note = '', restoredFrom = null, acts }: ItemProps) {
  const text = useText()
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
        {restoredFrom !== null && <Badge color="gray">{text('version.restored', { version: restoredFrom })}</Badge>}
      </div>
      <div className={classes.acts}>{acts}</div>
      <p className={classes.sentence}>{subject}</p>
      {note !== '' && <p className={classes.note}>{note}</p>}
    </li>
  )
}

type CompareProps = {
  template: Template
  choices: readonly string[]
  first: { from: string; to: string }
  onClose: () => void
}

/** Any two versions, or one and the draft. */
function CompareDialog({ template, choices, first, onClose }: CompareProps) {
  const text = useText()
  const [from, setFrom] = useState(first.from)
  const [to, setTo] = useState(first.to)
  const data = choices.map((value) => ({
    value,
    label: value === 'draft' ? text('version.draft') : text('version.title', { version: value }),
  }))
  return (
    <Modal opened onClose={onClose} title={text('version.compareTitle')} size="lg">
      <Stack>
        <div className={classes.selects}>
          <NativeSelect
            label={text('version.from')}
            data={data.filter(({ value }) => value !== 'draft')}
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <NativeSelect
            label={text('version.to')}
            data={data}
            value={to}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
        </div>
        <ContentChanges id={template.id} from={from} to={to} stamp={String(template.draft?.revision ?? '')} />
      </Stack>
    </Modal>
  )
}
