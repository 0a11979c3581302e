/* The compiled gazetteer, the courses of rivers, the reference lines the packed name routes and mappings, read-only and mapped with the program. */
    .section .rodata
    .balign 64
    .globl demarc_gazetteer_begin
demarc_gazetteer_begin:
    .incbin DEMARC_GAZETTEER_INDEX
    .globl demarc_gazetteer_end
demarc_gazetteer_end:
    .byte 0
    .balign 64
    .globl demarc_rivers_begin
demarc_rivers_begin:
    .incbin DEMARC_GAZETTEER_RIVERS
    .globl demarc_rivers_end
demarc_rivers_end:
    .byte 0
    .balign 64
    .globl demarc_lines_begin
demarc_lines_begin:
    .incbin DEMARC_GAZETTEER_LINES
    .globl demarc_lines_end
demarc_lines_end:
    .byte 0
    .balign 64
    .globl demarc_names_begin
demarc_names_begin:
    .incbin DEMARC_NAMES_PACK
    .globl demarc_names_end
demarc_names_end:
    .byte 0
    .balign 64
    .globl demarc_mappings_begin
demarc_mappings_begin:
    .incbin DEMARC_MAPPINGS_PACK
    .globl demarc_mappings_end
demarc_mappings_end:
    .byte 0
    .section .note.GNU-stack,"",%progbits
