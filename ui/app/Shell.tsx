import { AppShell, Box, Burger, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Outlet } from '@tanstack/react-router'
import { useText } from '../shared/useText.tsx'
import { Brand } from './Brand.tsx'
import { BusinessTime } from './BusinessTime.tsx'
import { GlobalSearch } from './GlobalSearch.tsx'
import { HealthLine } from './HealthLine.tsx'
import { Navigation } from './Navigation.tsx'
import { SearchButton } from './SearchButton.tsx'
import classes from './Shell.module.css'
import { UserMenu } from './UserMenu.tsx'

/** The frame around every page: navigation at the left (behind a burger on phones), the page beside it. */
export function Shell() {
  const text = useText()
  const [open, menu] = useDisclosure(false)

  return (
    <BusinessTime>
      <AppShell
        header={{ height: { base: 52, sm: 0 } }}
        navbar={{ width: 192, breakpoint: 'sm', collapsed: { mobile: !open } }}
        padding={0}
      >
        <a href="#content" className="skip-link">
          {text('app.skip')}
        </a>
        <AppShell.Header hiddenFrom="sm" className={classes.bar}>
          <Group h="100%" px="sm" gap="sm" wrap="nowrap">
            <Burger opened={open} onClick={menu.toggle} size="sm" aria-label={text('nav.open')} aria-expanded={open} />
            <Brand />
            <Box ml="auto">
              <SearchButton compact />
            </Box>
          </Group>
        </AppShell.Header>
        <AppShell.Navbar className={classes.nav} aria-label={text('nav.label')}>
          <Box visibleFrom="sm" px="md" py={14}>
            <Brand />
          </Box>
          <Navigation onFollow={menu.close} />
          <Box mt="auto" p={8}>
            <HealthLine />
            <UserMenu />
          </Box>
        </AppShell.Navbar>
        <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
          <Outlet />
        </AppShell.Main>
        <GlobalSearch />
      </AppShell>
    </BusinessTime>
  )
}
