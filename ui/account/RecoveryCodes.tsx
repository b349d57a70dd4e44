import { Button, Code, CopyButton, Group, Modal, SimpleGrid, Stack, Text } from '@mantine/core'
import { useText } from '../shared/useText.tsx'

/** Shows recovery codes, once. */
export function RecoveryCodes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const text = useText()
  return (
    <Modal opened onClose={onClose} title={text('factor.codes')} withCloseButton={false} closeOnClickOutside={false}>
      <Stack>
        <Text fz="sm">{text('factor.codesText')}</Text>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing={6} data-testid="recovery-codes">
          {codes.map((code) => (
            <Code key={code} fz="sm">
              {code}
            </Code>
          ))}
        </SimpleGrid>
        <Group justify="flex-end">
          <CopyButton value={codes.join('\n')}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {text(copied ? 'factor.copied' : 'factor.copy')}
              </Button>
            )}
          </CopyButton>
          <Button onClick={onClose}>{text('factor.kept')}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
