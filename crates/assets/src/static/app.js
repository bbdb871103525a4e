// Small helps that pages can do without; a placeholder until they are written.
"use strict";
