import { SegmentedControl } from '@mantine/core'
import { useText } from '../../shared/useText.tsx'
import type { RuleViewName } from './useChosenView.ts'

type Props = { view: RuleViewName; onChange: (view: RuleViewName) => void }

/** Canvas, outline or text: the same rule, whichever way. */
export function ViewSwitch({ view, onChange }: Props) {
  const text = useText()
  return (
    <SegmentedControl<RuleViewName>
      aria-label={text('outline.view')}
      value={view}
      data={[
        { value: 'canvas', label: text('outline.view.canvas') },
        { value: 'outline', label: text('outline.view.outline') },
        { value: 'text', label: text('outline.view.text') },
      ]}
      onChange={onChange}
    />
  )
}
