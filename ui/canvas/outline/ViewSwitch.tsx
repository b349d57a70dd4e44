import { SegmentedControl } from '@mantine/core'
import { useText } from '../../shared/useText.tsx'
import type { RuleViewName } from './useChosenView.ts'

type Props = {
  view: RuleViewName
  onChange: (view: RuleViewName) => void
  /** Without it, there is no view as text. */
  hasText?: boolean
}

/** Canvas, outline or text: the same rule, whichever way. */
export function ViewSwitch({ view, onChange, hasText = true }: Props) {
  const text = useText()
  return (
    <SegmentedControl<RuleViewName>
      aria-label={text('outline.view')}
      value={view}
      data={[
        { value: 'canvas', label: text('outline.view.canvas') },
        { value: 'outline', label: text('outline.view.outline') },
        ...(hasText ? [{ value: 'text' as const, label: text('outline.view.text') }] : []),
      ]}
      onChange={onChange}
    />
  )
}
