/** The look of the stand-in's pages: its own, light and dark, down to 280 px wide. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --ground-1: #eef1fb; --ground-2: #e4f3f1; --card: #ffffff; --line: #d5d9e4; --text: #1b2030; --quiet: #565e73;
  --accent: #3b55c4; --accent-text: #ffffff; --accent-over: #2f45a3; --hover: #f2f4fc; --demo: #fff4d6;
  --demo-text: #5c4300; --bad: #a3162b; --bad-ground: #fdedef; --shadow: 0 12px 40px rgb(32 42 90 / 14%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground-1: #131726; --ground-2: #0f1f22; --card: #1c2133; --line: #39415a; --text: #eef0f8; --quiet: #a9b1c9;
    --accent: #9db0ff; --accent-text: #10152b; --accent-over: #b9c7ff; --hover: #262d45; --demo: #3a3012;
    --demo-text: #ffe3a0; --bad: #ffa8b3; --bad-ground: #3d1c24; --shadow: 0 12px 40px rgb(0 0 0 / 45%);
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px 16px; color: var(--text);
  background: linear-gradient(135deg, var(--ground-1), var(--ground-2)) fixed;
  font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
main {
  width: 100%; max-width: 440px; background: var(--card); border-radius: 18px; box-shadow: var(--shadow);
  overflow: hidden;
}
.demo { margin: 0; padding: 10px 32px; background: var(--demo); color: var(--demo-text); font-size: 14px; }
.body { padding: 28px 32px 32px; }
.brand { display: flex; align-items: center; gap: 10px; margin-bottom: 18px; color: var(--accent); font-weight: 600; }
.brand svg { width: 28px; height: 28px; flex: none; }
h1 { margin: 0 0 4px; font-size: 24px; line-height: 1.25; font-weight: 650; overflow-wrap: anywhere; }
p { margin: 0 0 16px; }
.quiet { color: var(--quiet); }
form { margin: 0; }
ul { list-style: none; margin: 0 0 20px; padding: 0; }
.tiles { border: 1px solid var(--line); border-radius: 12px; overflow: hidden; }
.tiles li + li { border-top: 1px solid var(--line); }
button { font: inherit; cursor: pointer; }
button:focus-visible, input:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.tile {
  display: flex; align-items: center; gap: 14px; width: 100%; padding: 12px 16px; border: 0; text-align: start;
  background: none; color: inherit;
}
.tile:hover { background: var(--hover); }
.tile:focus-visible { outline-offset: -4px; border-radius: 12px; }
.tile strong { display: block; font-weight: 600; }
.tile span { min-width: 0; overflow-wrap: anywhere; }
.tile small { display: block; color: var(--quiet); font-size: 14px; }
.avatar {
  flex: none; display: grid; place-items: center; width: 42px; height: 42px; border-radius: 50%; color: #ffffff;
  font-weight: 600;
}
.avatar-0 { background: #3454b4; } .avatar-1 { background: #0b7068; } .avatar-2 { background: #9a3b6b; }
.avatar-other { background: none; color: var(--accent); border: 1.5px dashed currentColor; font-size: 22px; }
.person { display: flex; align-items: center; gap: 12px; margin: 14px 0 20px; }
.person .avatar { width: 34px; height: 34px; font-size: 14px; }
.person span:last-child { min-width: 0; overflow-wrap: anywhere; }
label { display: block; margin-bottom: 6px; font-weight: 600; }
input {
  width: 100%; margin-bottom: 8px; padding: 11px 12px; font: inherit; color: inherit; background: var(--card);
  border: 1px solid var(--quiet); border-radius: 8px;
}
input[aria-invalid="true"] { border-color: var(--bad); }
.bad { color: var(--bad); }
.wants { border-block: 1px solid var(--line); padding: 14px 0; }
.wants li { display: flex; gap: 12px; }
.wants li + li { margin-top: 12px; }
.wants svg { width: 20px; height: 20px; flex: none; margin-top: 3px; color: var(--accent); }
.wants small { display: block; color: var(--quiet); font-size: 14px; }
.actions { display: flex; flex-wrap: wrap; justify-content: flex-end; gap: 12px; margin-top: 20px; }
.actions button {
  min-width: 108px; padding: 10px 20px; border-radius: 8px; border: 1px solid var(--quiet); background: none;
  color: inherit; font-weight: 600;
}
.actions button:hover { background: var(--hover); }
.actions .main { background: var(--accent); border-color: var(--accent); color: var(--accent-text); }
.actions .main:hover { background: var(--accent-over); border-color: var(--accent-over); }
.message { padding: 12px 14px; border-radius: 10px; background: var(--bad-ground); color: var(--bad); overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 4px 14px; margin: 0; font-size: 14px; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
@media (max-width: 460px) {
  body { padding: 0; place-items: start stretch; background: var(--card); }
  main { max-width: none; border-radius: 0; box-shadow: none; }
  .demo, .body { padding-inline: 20px; }
  .actions button { flex: 1; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: 8px; }
}
`;
