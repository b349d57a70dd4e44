import { Button, Group, Modal, Select, SimpleGrid, Stack, Text, TextInput, UnstyledButton } from '@mantine/core'
import { useIntersection } from '@mantine/hooks'
import { IconFile } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { createTemplate } from '../../../api/contract/templates.ts'
import { type GalleryTemplate, previewTemplate } from '../../../api/contract/templateTools.ts'
import { call } from '../../client/call.ts'
import { galleryQuery } from '../../client/templates.ts'
import { LANGUAGES, type Language, ownName } from '../../messages/index.ts'
import { ErrorState } from '../../shared/ErrorState.tsx'
import { RowsLoading } from '../../shared/Loading.tsx'
import { Page } from '../../shared/Page.tsx'
import { useLanguage } from '../../shared/useLanguage.ts'
import { useProblemText } from '../../shared/useProblemText.ts'
import { useText } from '../../shared/useText.tsx'
import { sealMail } from '../preview/sealMail.ts'
import classes from './NewTemplatePage.module.css'

type Beginning = Pick<GalleryTemplate, 'id' | 'name'> | 'empty'

/** Where a template begins: with one of the gallery, seen as it will be read, or with nothing. */
export function NewTemplatePage() {
  const text = useText()
  const [own] = useLanguage()
  const [language, setLanguage] = useState<Language>(own)
  const [beginning, begin] = useState<Beginning | null>(null)
  const { data, error, refetch } = useQuery(galleryQuery(language))
  return (
    <Page title={text('templates.new')} back={{ to: '/templates' }}>
      <Stack gap="md">
        <Select
          w={200}
          label={text('templates.language')}
          data={LANGUAGES.map((value) => ({ value, label: ownName(value) }))}
          value={language}
          allowDeselect={false}
          onChange={(next) => setLanguage((next as Language | null) ?? language)}
        />
        {error ? (
          <ErrorState error={error} onRetry={refetch} />
        ) : data === undefined ? (
          <RowsLoading rows={4} height={120} />
        ) : (
          <SimpleGrid cols={{ base: 1, xs: 2, md: 3, lg: 4 }} spacing="md" component="ul" className={classes.grid}>
            <li>
              <UnstyledButton className={classes.card} onClick={() => begin('empty')}>
                <span className={classes.blank}>
                  <IconFile size={38} stroke={1.2} aria-hidden="true" />
                </span>
                <span className={classes.name}>{text('templates.empty')}</span>
                <span className={classes.about}>{text('templates.emptyAbout')}</span>
              </UnstyledButton>
            </li>
            {data.items.map((template) => (
              <li key={template.id}>
                <UnstyledButton className={classes.card} onClick={() => begin(template)}>
                  <Thumbnail id={template.id} name={template.name} language={language} />
                  <span className={classes.name}>{template.name}</span>
                  <span className={classes.about}>{template.description}</span>
                </UnstyledButton>
              </li>
            ))}
          </SimpleGrid>
        )}
      </Stack>
      {beginning && <NameDialog beginning={beginning} language={language} onClose={() => begin(null)} />}
    </Page>
  )
}

/** How wide a mail is, and how wide its picture. */
const WIDTH = 600

/** A template of the gallery as it will be read, made small; rendered once it comes into sight. */
function Thumbnail({ id, name, language }: { id: string; name: string; language: Language }) {
  const { ref, entry } = useIntersection({ rootMargin: '200px' })
  const [seen, see] = useState(false)
  if (!seen && entry?.isIntersecting) see(true)
  const { data } = useQuery({
    queryKey: ['gallery-picture', id, language],
    queryFn: ({ signal }) => call(previewTemplate, { body: { gallery: id, language }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: seen,
  })
  return (
    <span className={classes.picture} ref={ref}>
      {data && (
        <iframe
          aria-hidden="true"
          title={name}
          tabIndex={-1}
          sandbox=""
          srcDoc={sealMail(data.html, { dark: false, images: true }, window.location.origin)}
          className={classes.frame}
          style={{ width: WIDTH }}
        />
      )}
    </span>
  )
}

function NameDialog(props: { beginning: Beginning; language: Language; onClose: () => void }) {
  const { beginning, language, onClose } = props
  const text = useText()
  const problemText = useProblemText()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [name, setName] = useState(beginning === 'empty' ? '' : beginning.name)
  const create = useMutation({
    mutationFn: () =>
      call(createTemplate, {
        body: { name: name.trim(), language, ...(beginning === 'empty' ? {} : { gallery: beginning.id }) },
      }),
    onSuccess: ({ id }) => {
      void queries.invalidateQueries({ queryKey: ['templates'] })
      void navigate({ to: '/templates/$id', params: { id } })
    },
  })
  return (
    <Modal opened onClose={onClose} title={text('templates.nameIt')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() !== '') create.mutate()
        }}
      >
        <Stack>
          <TextInput
            label={text('templates.name')}
            description={text('templates.nameHint')}
            value={name}
            maxLength={200}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          {create.isError && (
            <Text fz="sm" c="var(--mantine-color-error)" role="alert">
              {problemText(create.error)}
            </Text>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {text('action.cancel')}
            </Button>
            <Button type="submit" loading={create.isPending} disabled={name.trim() === ''}>
              {text('templates.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
