/* The parts of the map page, read-only, on 8-byte boundaries. Each ends with a zero byte that is not part of it. */
    .section .rodata
    .macro part name, file
    .balign 8
    .globl demarc_page_\name\()_begin
demarc_page_\name\()_begin:
    .incbin "\file"
    .globl demarc_page_\name\()_end
demarc_page_\name\()_end:
    .byte 0
    .endm
    part page, DEMARC_PAGE
    part style, DEMARC_STYLE
    part licences, DEMARC_LICENCES
    part leaflet_style, DEMARC_LEAFLET_STYLE
    part leaflet_script, DEMARC_LEAFLET_SCRIPT
    part land, DEMARC_LAND
    .globl demarc_page_script_begin
demarc_page_script_begin:
    .incbin DEMARC_SCRIPT_DATA
    .incbin DEMARC_SCRIPT_TEXT
    .incbin DEMARC_SCRIPT_SEARCH
    .incbin DEMARC_SCRIPT_MAP
    .globl demarc_page_script_end
demarc_page_script_end:
    .byte 0
    .section .note.GNU-stack,"",%progbits
