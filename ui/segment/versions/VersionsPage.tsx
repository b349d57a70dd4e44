import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Version } from '../../../api/contract/segmentVersions.ts'
import { segmentQuery } from '../../client/segments.ts'
import { draftQuery, versionsQuery } from '../../client/versions.ts'
import { ErrorState } from '../../shared/ErrorState.tsx'
import { ListPanel } from '../../shared/ListPanel.tsx'
import { RowsLoading } from '../../shared/Loading.tsx'
import { Page } from '../../shared/Page.tsx'
import { useSegmentWords } from '../../shared/useSegmentWords.ts'
import { useText } from '../../shared/useText.tsx'
import { SegmentAside } from '../SegmentAside.tsx'
import { SegmentTabs } from '../SegmentTabs.tsx'
import { CompareDialog } from './CompareDialog.tsx'
import { RestoreDialog } from './RestoreDialog.tsx'
import { VersionItem } from './VersionItem.tsx'
import classes from './versions.module.css'

const route = getRouteApi('/shell/segments/$id/versions')
const WHILE_RECOMPUTING = 1_000
const OTHERWISE = 20_000

/** The versions of a segment's rule: what each says, who published it and what it did; compared, and taken up again. */
export function VersionsPage() {
  const text = useText()
  const { nameOf } = useSegmentWords()
  const { id } = route.useParams()
  const { data: segment, ...read } = useQuery({
    ...segmentQuery(id),
    refetchInterval: ({ state }) => (state.data?.recomputing ? WHILE_RECOMPUTING : OTHERWISE),
  })
  const { data, error, refetch } = useQuery({
    ...versionsQuery(id),
    refetchInterval: ({ state }) => (state.data?.items[0]?.computed_at === null ? WHILE_RECOMPUTING : OTHERWISE),
  })
  const { data: draft = null } = useQuery(draftQuery(id))
  const [compared, compare] = useState<{ from: string; to: string } | null>(null)
  const [restored, restore] = useState<Version | null>(null)
  const failed = read.error ?? error
  const newest = data?.items[0]?.version ?? 0
  return (
    <Page
      title={segment ? nameOf(segment) : text('segments.title')}
      back={{ to: '/segments/$id', params: { id } }}
      aside={segment && <SegmentAside segment={segment} />}
      actions={<SegmentTabs id={id} />}
    >
      <ListPanel>
        {segment && data ? (
          <ol className={classes.list} aria-label={text('segment.versions')}>
            {draft && (
              <VersionItem
                title={text('version.draft')}
                rule={draft.rule}
                at={draft.updated_at}
                by={draft.updated_by}
                acts={
                  <>
                    <Button
                      variant="subtle"
                      size="compact-sm"
                      renderRoot={(props: object) => <Link {...props} to="/segments/$id/rule" params={{ id }} />}
                    >
                      {text('version.openDraft')}
                    </Button>
                    <Button
                      variant="subtle"
                      size="compact-sm"
                      onClick={() => compare({ from: String(newest), to: 'draft' })}
                    >
                      {text('version.compare')}
                    </Button>
                  </>
                }
              />
            )}
            {data.items.map((version) => (
              <VersionItem
                key={version.version}
                title={text('version.title', { version: version.version })}
                isPublished={version.version === newest}
                rule={version.rule}
                at={version.created_at}
                by={version.created_by}
                version={version}
                acts={
                  <>
                    {data.items.length + (draft ? 1 : 0) > 1 && (
                      <Button
                        variant="subtle"
                        size="compact-sm"
                        onClick={() => compare(neighbours(version.version, newest))}
                      >
                        {text('version.compare')}
                      </Button>
                    )}
                    {version.version !== newest && (
                      <Button variant="subtle" size="compact-sm" onClick={() => restore(version)}>
                        {text('version.restore')}
                      </Button>
                    )}
                  </>
                }
              />
            ))}
          </ol>
        ) : failed ? (
          <ErrorState error={failed} onRetry={refetch} />
        ) : (
          <RowsLoading rows={4} height={72} />
        )}
      </ListPanel>
      {segment && data && compared && (
        <CompareDialog
          segment={segment}
          versions={data.items}
          draft={draft}
          first={compared}
          onClose={() => compare(null)}
        />
      )}
      {segment && <RestoreDialog segment={segment} version={restored} onClose={() => restore(null)} />}
    </Page>
  )
}

/** The newest version is compared with the one before it, an earlier one with the newest. */
const neighbours = (version: number, newest: number) =>
  version === newest
    ? { from: String(version - 1), to: String(version) }
    : { from: String(version), to: String(newest) }
