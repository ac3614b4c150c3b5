// SPDX-License-Identifier: GPL-3.0-or-later
// map.ts - the live map: sigma.js on the places that C computed.
