import { Button } from '@mantine/core'
import { IconChartAreaLine, IconTable } from '@tabler/icons-react'
import { useText } from '../shared/useText.tsx'

export type View = 'picture' | 'table'

/** Goes to the table behind a picture, and back. */
export function ViewSwitch({ view, onChange }: { view: View; onChange: (view: View) => void }) {
  const text = useText()
  const other = view === 'picture' ? 'table' : 'picture'
  const Sign = other === 'table' ? IconTable : IconChartAreaLine
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      leftSection={<Sign size={16} aria-hidden="true" />}
      onClick={() => onChange(other)}
    >
      {text(other === 'table' ? 'history.asTable' : 'history.asPicture')}
    </Button>
  )
}
