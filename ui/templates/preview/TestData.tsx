import { Button, Group, Text, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useContext, useState } from 'react'
import { useText } from '../../shared/useText.tsx'
import type { TemplateEditing } from '../editing/useTemplateEditing.ts'
import { MergeTagsContext } from '../text/MergeTagsContext.ts'
import { flatData, nestedData } from './dataValues.ts'
import classes from './PreviewView.module.css'

/** The values that the template is looked at with when no customer is chosen; a merge tag without one shows its example. */
export function TestData({ editing }: { editing: TemplateEditing }) {
  const text = useText()
  const entries = useContext(MergeTagsContext)
  const { test_data: data } = editing.draft.content
  const values = flatData(data)
  const [name, setName] = useState('')
  const set = (path: string, value: string | null) =>
    editing.change(
      { kind: 'around', values: { test_data: nestedData(data, path, value) } },
      text('template.did.test_data'),
      `data ${path}`,
    )
  const known = entries.filter((entry) => entry.example !== '')
  const others = [...values.keys()].filter((path) => !known.some((entry) => entry.name === path))
  return (
    <div className={classes.form}>
      <Text fz="sm" c="dimmed">
        {text('template.data.hint')}
      </Text>
      <div className={classes.values}>
        {known.map((entry) => (
          <TextInput
            key={entry.name}
            size="xs"
            label={entry.label}
            placeholder={entry.example}
            value={values.get(entry.name) ?? ''}
            onChange={(event) => set(entry.name, event.currentTarget.value || null)}
          />
        ))}
        {others.map((path) => (
          <Group key={path} gap={4} align="flex-end" wrap="nowrap">
            <TextInput
              size="xs"
              flex={1}
              label={path}
              value={values.get(path) ?? ''}
              onChange={(event) => set(path, event.currentTarget.value)}
            />
            <Button
              size="xs"
              variant="subtle"
              color="gray"
              px={8}
              aria-label={text('template.data.remove', { name: path })}
              onClick={() => set(path, null)}
            >
              <IconTrash size={15} />
            </Button>
          </Group>
        ))}
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          const path = name.trim()
          if (!/^[A-Za-z_]\w*(?:\.\w+)*$/.test(path)) return
          set(path, '')
          setName('')
        }}
      >
        <Group gap="xs" align="flex-end">
          <TextInput
            size="xs"
            label={text('template.data.other')}
            placeholder="customer.attributes.level"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button
            type="submit"
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} />}
            disabled={name.trim() === ''}
          >
            {text('template.data.add')}
          </Button>
        </Group>
      </form>
    </div>
  )
}
