/** The page's only style: large targets, visible focus, no meaning by colour alone, no sideways scrolling at any width. */
import { createHash } from 'node:crypto';
import { html } from '../html.js';

export const STYLE = html`
*{box-sizing:border-box}
html{color-scheme:light;font:1.0625rem/1.5 system-ui,sans-serif;color:#1b1b1b;background:#fff;overflow-wrap:anywhere}
body{margin:0 auto;max-width:46rem;padding:0 1rem 3rem}
header{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;justify-content:space-between;padding:.75rem 0;border-bottom:1px solid #767676}
nav ul{display:flex;flex-wrap:wrap;gap:1rem;list-style:none;margin:0;padding:0}
main{outline:0}
h1{font-size:1.6rem;line-height:1.25;margin:1.5rem 0 1rem}
h2{font-size:1.25rem;line-height:1.3;margin:2rem 0 .75rem}
a{color:#0b4f8a}
a:focus,button:focus,input:focus,input:focus-within,textarea:focus{outline:3px solid #1b1b1b;outline-offset:2px}
input[type=radio]:focus{outline-offset:3px}
.skip{position:absolute;left:-99rem}
.skip:focus{position:static;display:inline-block;padding:.5rem}
.quiet{color:#505050}
.list{list-style:none;margin:0;padding:0}
.list>li{border:1px solid #767676;border-radius:.25rem;padding:1rem;margin:0 0 1rem}
.list h2{margin:0 0 .25rem}
.list ul{margin:.25rem 0 .5rem;padding:0;list-style:none}
.list p{margin:0}
.note{border-left:.4rem solid #0b4f8a;padding:.5rem 1rem;margin:1rem 0;background:#eef4fa}
.wrong{border-left-color:#a3120a;background:#fcf0ef}
.note p,.note ul{margin:.25rem 0}
dl{margin:0}
dl>div{display:flex;flex-wrap:wrap;gap:0 1rem;padding:.4rem 0;border-bottom:1px solid #d0d0d0}
dt{flex:0 0 11rem;font-weight:600}
dd{flex:1 1 14rem;margin:0}
section{border-top:1px solid #767676;margin-top:1.5rem}
section h3{font-size:1.1rem;margin:1rem 0 .25rem}
label,legend{font-weight:600;padding:0}
fieldset{border:0;margin:1rem 0;padding:0}
.choice{display:flex;gap:.6rem;align-items:center;min-height:2.75rem}
.choice label{font-weight:400;flex:1}
.choice input{width:1.35rem;height:1.35rem;flex:none;margin:0}
.field{margin:1rem 0}
.field input,.field textarea{display:block;width:100%;max-width:100%;min-width:0;font:inherit;padding:.5rem;border:2px solid #505050;border-radius:.2rem;background:#fff;color:inherit}
.short input{max-width:22rem}
button{font:inherit;font-weight:600;min-height:2.75rem;padding:.5rem 1.25rem;border:2px solid #0b4f8a;border-radius:.25rem;background:#0b4f8a;color:#fff;cursor:pointer}
.second{background:#fff;color:#0b4f8a}
.tools{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center}
.tools form{margin:0}
.leave{font-weight:600;display:inline-block;padding:.5rem 0}
`;

/** For the content security policy: this style, and nothing else, is applied. */
export const STYLE_HASH = `sha256-${createHash('sha256').update(STYLE.toString()).digest('base64')}`;
