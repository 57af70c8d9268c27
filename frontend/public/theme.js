// Runs before the first paint, so that a dark page never flashes light.
;(function () {
  function storedChoice() {
    try {
      return localStorage.getItem('chroma.theme')
    } catch {
      return null
    }
  }
  const choice = storedChoice() ?? 'system'
  const dark =
    choice === 'dark' || (choice === 'system' && matchMedia('(prefers-color-scheme: dark)').matches)
  const theme = dark ? 'dark' : 'light'
  document.documentElement.classList.add(theme)
  document.documentElement.style.colorScheme = theme
})()
