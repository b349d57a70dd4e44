import { Kbd, Modal, Table } from '@mantine/core'
import { useText } from '../../shared/useText.tsx'

/** The keys in words, by what they do; several are said in the order in which they are tried. */
const KEYS = [
  ['arrows', '↑ ↓ ← →'],
  ['extend', 'Shift ↑ ↓ ← →'],
  ['edit', 'Enter'],
  ['add', '/'],
  ['above', 'B'],
  ['beside', 'O'],
  ['move', 'M'],
  ['step', 'Alt ↑ ↓'],
  ['inOut', 'Alt → ←'],
  ['invert', 'I'],
  ['group', 'G'],
  ['ungroup', 'Shift G'],
  ['turn', 'T'],
  ['duplicate', 'D'],
  ['remove', 'Delete'],
  ['clipboard', 'Ctrl C X V'],
  ['siblings', 'Ctrl A'],
  ['look', 'L'],
  ['undo', 'Ctrl Z'],
  ['redo', 'Ctrl Y'],
  ['save', 'Ctrl S'],
  ['zoom', '+ − 0'],
  ['leave', 'Esc'],
  ['help', '?'],
] as const

type Props = {
  opened: boolean
  /** The keys and what they do; those of a rule's canvas when left out. */
  keys?: readonly (readonly [keys: string, does: string])[]
  onClose: () => void
}

/** All keys of a canvas. */
export function ShortcutsDialog({ opened, keys, onClose }: Props) {
  const text = useText()
  const shown = keys ?? KEYS.map(([what, pressed]) => [pressed, text(`canvas.keys.${what}`)] as const)
  return (
    <Modal opened={opened} onClose={onClose} title={text('canvas.keys')} size="lg" transitionProps={{ duration: 0 }}>
      <Table withRowBorders={false} verticalSpacing={4}>
        <Table.Tbody>
          {shown.map(([pressed, does]) => (
            <Table.Tr key={pressed}>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>
                {pressed.split(' ').map((key, index) => (
                  <span key={key}>
                    {index > 0 && ' '}
                    <Kbd>{key}</Kbd>
                  </span>
                ))}
              </Table.Td>
              <Table.Td>{does}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  )
}
