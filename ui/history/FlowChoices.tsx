import { MultiSelect, SegmentedControl } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Segment } from '../../api/contract/segments.ts'
import { ProviderSelect } from '../shared/ProviderSelect.tsx'
import { useSegmentWords } from '../shared/useSegmentWords.ts'
import { useText } from '../shared/useText.tsx'
import { type Scope, scopeFrom } from './flowSearch.ts'
import classes from './History.module.css'

type Props = {
  /** What chooses the period, beside the other choices. */
  period: ReactNode
  segments: readonly Segment[]
  scope: Scope
  picked: readonly string[]
  provider: string | null
  onChange: (part: { scope?: Scope; segments?: string | undefined; provider?: string | undefined }) => void
}

/** Between which segments, and for a provider whose customers. */
export function FlowChoices({ period, segments, scope, picked, provider, onChange }: Props) {
  const text = useText()
  const { nameOf } = useSegmentWords()
  const ofScope = segments.filter((segment) => segment.scope === scope)
  return (
    <>
      <div className={classes.choices}>
        {period}
        {segments.some((segment) => segment.scope === 'provider') && (
          <SegmentedControl
            size="xs"
            aria-label={text('flows.scope')}
            value={scope}
            onChange={(next) => onChange({ scope: scopeFrom({ scope: next }), segments: undefined })}
            data={[
              { value: 'business', label: text('segments.business') },
              { value: 'provider', label: text('segments.eachProvider') },
            ]}
          />
        )}
        {scope === 'provider' && (
          <ProviderSelect value={provider} onChange={(next) => onChange({ provider: next ?? undefined })} />
        )}
      </div>
      <MultiSelect
        mb="md"
        label={text('flows.segments')}
        data={ofScope.map((segment) => ({ value: segment.id, label: nameOf(segment) }))}
        value={[...picked]}
        onChange={(next) => onChange({ segments: next.length === 0 ? '-' : next.join(',') })}
        maxValues={20}
        searchable
        hidePickedOptions
      />
    </>
  )
}
