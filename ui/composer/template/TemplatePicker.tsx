import { Button, Modal, Stack, Text, TextInput, UnstyledButton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { listTemplates } from '../../../api/contract/templates.ts'
import { call } from '../../client/call.ts'
import { ownName } from '../../messages/index.ts'
import { ErrorState } from '../../shared/ErrorState.tsx'
import { RowsLoading } from '../../shared/Loading.tsx'
import { useReadableSubject } from '../../shared/useReadableSubject.ts'
import { useText } from '../../shared/useText.tsx'
import type { ChosenTemplate } from './chosenTemplate.ts'
import classes from './Template.module.css'

type Props = { onChoose: (template: ChosenTemplate) => void; onClose: () => void }

/** As many as are looked through; more are found by name. */
const SHOWN = 100

/** Which template a mail is made of: any that has a published version. */
export function TemplatePicker({ onChoose, onClose }: Props) {
  const text = useText()
  const subjectOf = useReadableSubject()
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), 250)
  const { data, error, refetch } = useQuery({
    queryKey: ['templates', 'to-send', q],
    queryFn: ({ signal }) => call(listTemplates, { query: { limit: SHOWN, ...(q !== '' && { q }) }, signal }),
    placeholderData: keepPreviousData,
  })
  const templates = (data?.items ?? []).filter(({ version, channel }) => version > 0 && channel === 'email')
  return (
    <Modal opened onClose={onClose} title={text('composer.template.choose')} size="lg">
      <Stack>
        <TextInput
          label={text('templates.search')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          data-autofocus
        />
        {error ? (
          <ErrorState error={error} onRetry={refetch} />
        ) : data === undefined ? (
          <RowsLoading rows={4} />
        ) : templates.length === 0 ? (
          <Stack align="flex-start" gap="xs">
            <Text c="dimmed">{text('composer.template.none')}</Text>
            <Button variant="default" component={Link} to="/templates">
              {text('templates.title')}
            </Button>
          </Stack>
        ) : (
          <ul className={classes.list}>
            {templates.map(({ id, name, subject, language }) => (
              <li key={id}>
                <UnstyledButton className={classes.item} onClick={() => onChoose({ id, name, subject })}>
                  <span className={classes.name}>{name}</span>
                  <span className={classes.about}>{subjectOf(subject)}</span>
                  <span className={classes.language}>{ownName(language)}</span>
                </UnstyledButton>
              </li>
            ))}
          </ul>
        )}
      </Stack>
    </Modal>
  )
}
