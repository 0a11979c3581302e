<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.16" styleCategories="Symbology|Labeling">
  <renderer-v2 type="RuleRenderer" symbollevels="0" enableorderby="0" forceraster="0">
    <rules key="rules">
      <rule key="rule0" symbol="0" label="Front line" filter="&quot;kind&quot; = 'front_line' and not coalesce(&quot;state&quot; in ('proposed','hypothetical'), false)"/>
      <rule key="rule1" symbol="1" label="Front line, proposed" filter="&quot;kind&quot; = 'front_line' and &quot;state&quot; in ('proposed','hypothetical')"/>
      <rule key="rule2" symbol="2" label="Boundary of a withdrawal" filter="&quot;kind&quot; = 'withdrawal_boundary'"/>
      <rule key="rule3" symbol="3" label="Demarcation line" filter="&quot;kind&quot; in ('demarcation_line','boundary_line','armistice_line','ceasefire_line') and not coalesce(&quot;state&quot; in ('proposed','hypothetical'), false)"/>
      <rule key="rule4" symbol="4" label="Demarcation line, proposed" filter="&quot;kind&quot; in ('demarcation_line','boundary_line','armistice_line','ceasefire_line') and &quot;state&quot; in ('proposed','hypothetical')"/>
      <rule key="rule5" symbol="5" label="Phase or defensive line" filter="&quot;kind&quot; in ('phase_line','defensive_line')"/>
      <rule key="rule6" symbol="6" label="Parallel" filter="&quot;kind&quot; = 'parallel'"/>
      <rule key="rule7" symbol="7" label="Border" filter="&quot;kind&quot; = 'border'"/>
      <rule key="rule8" symbol="8" label="Other line" filter="ELSE"/>
    </rules>
    <symbols>
      <symbol name="0" type="line" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0"><Option type="Map"><Option name="line_color" type="QString" value="255,255,255,200"/><Option name="line_width" type="QString" value="2.0"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="solid"/><Option name="capstyle" type="QString" value="flat"/><Option name="joinstyle" type="QString" value="round"/></Option></layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0"><Option type="Map"><Option name="line_color" type="QString" value="185,28,28,255"/><Option name="line_width" type="QString" value="1.2"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="solid"/><Option name="capstyle" type="QString" value="flat"/><Option name="joinstyle" type="QString" value="round"/></Option></layer>
      </symbol>
      <symbol name="1" type="line" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0"><Option type="Map"><Option name="line_color" type="QString" value="255,255,255,200"/><Option name="line_width" type="QString" value="2.0"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="solid"/><Option name="capstyle" type="QString" value="flat"/><Option name="joinstyle" type="QString" value="round"/></Option></layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0"><Option type="Map"><Option name="line_color" type="QString" value="185,28,28,255"/><Option name="line_width" type="QString" value="1.2"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="solid"/><Option name="capstyle" type="QString" value="flat"/><Option name="joinstyle" type="QString" value="round"/><Option name="use_custom_dash" type="QString" value="1"/><Option name="customdash" type="QString" value="3;2"/><Option name="customdash_unit" type="QString" value="MM"/></Option></layer>
      </symbol>
      <symbol name="2" type="line" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0"><Option type="Map"><Option name="line_color" type="QString" value="255,255,255,200"/><Option name="line_width" type="QString" value="1.25"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="solid"/><Option name="capstyle" type="QString" value="flat"/><Option name="joinstyle" type="QString" value="round"/></Option></layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0"><Option type="Map"><Option name="line_color" type="QString" value="109,40,217,255"/><Option name="line_width" type="QString" value="0.45"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="solid"/><Option name="capstyle" type="QString" value="flat"/><Option name="joinstyle" type="QString" value="round"/><Option name="use_custom_dash" type="QString" value="1"/><Option name="customdash" type="QString" value="3;2"/><Option name="customdash_unit" type="QString" value="MM"/></Option></layer>
      </symbol>
      <symbol name="3" type="line" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0"><Option type="Map"><Option name="line_color" type="QString" value="255,255,255,200"/><Option name="line_width" type="QString" value="1.7000000000000002"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="solid"/><Option name="capstyle" type="QString" value="flat"/><Option name="joinstyle" type="QString" value="round"/></Option></layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0"><Option type="Map"><Option name="line_color" type="QString" value="109,40,217,255"/><Option name="line_width" type="QString" value="0.9"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="solid"/><Option name="capstyle" type="QString" value="flat"/><Option name="joinstyle" type="QString" value="round"/></Option></layer>
      </symbol>
      <symbol name="4" type="line" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0"><Option type="Map"><Option name="line_color" type="QString" value="255,255,255,200"/><Option name="line_width" type="QString" value="1.7000000000000002"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="solid"/><Option name="capstyle" type="QString" value="flat"/><Option name="joinstyle" type="QString" value="round"/></Option></layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0"><Option type="Map"><Option name="line_color" type="QString" value="109,40,217,255"/><Option name="line_width" type="QString" value="0.9"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="solid"/><Option name="capstyle" type="QString" value="flat"/><Option name="joinstyle" type="QString" value="round"/><Option name="use_custom_dash" type="QString" value="1"/><Option name="customdash" type="QString" value="3;2"/><Option name="customdash_unit" type="QString" value="MM"/></Option></layer>
      </symbol>
      <symbol name="5" type="line" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0"><Option type="Map"><Option name="line_color" type="QString" value="255,255,255,200"/><Option name="line_width" type="QString" value="1.6"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="solid"/><Option name="capstyle" type="QString" value="flat"/><Option name="joinstyle" type="QString" value="round"/></Option></layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0"><Option type="Map"><Option name="line_color" type="QString" value="15,118,110,255"/><Option name="line_width" type="QString" value="0.8"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="solid"/><Option name="capstyle" type="QString" value="flat"/><Option name="joinstyle" type="QString" value="round"/></Option></layer>
      </symbol>
      <symbol name="6" type="line" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0"><Option type="Map"><Option name="line_color" type="QString" value="71,85,105,255"/><Option name="line_width" type="QString" value="0.35"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="solid"/><Option name="capstyle" type="QString" value="flat"/><Option name="joinstyle" type="QString" value="round"/><Option name="use_custom_dash" type="QString" value="1"/><Option name="customdash" type="QString" value="0.6;1.4"/><Option name="customdash_unit" type="QString" value="MM"/></Option></layer>
      </symbol>
      <symbol name="7" type="line" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0"><Option type="Map"><Option name="line_color" type="QString" value="100,116,139,255"/><Option name="line_width" type="QString" value="0.5"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="solid"/><Option name="capstyle" type="QString" value="flat"/><Option name="joinstyle" type="QString" value="round"/><Option name="use_custom_dash" type="QString" value="1"/><Option name="customdash" type="QString" value="3;1.2;0.6;1.2"/><Option name="customdash_unit" type="QString" value="MM"/></Option></layer>
      </symbol>
      <symbol name="8" type="line" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0"><Option type="Map"><Option name="line_color" type="QString" value="255,255,255,200"/><Option name="line_width" type="QString" value="1.6"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="solid"/><Option name="capstyle" type="QString" value="flat"/><Option name="joinstyle" type="QString" value="round"/></Option></layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0"><Option type="Map"><Option name="line_color" type="QString" value="190,18,60,255"/><Option name="line_width" type="QString" value="0.8"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="solid"/><Option name="capstyle" type="QString" value="flat"/><Option name="joinstyle" type="QString" value="round"/></Option></layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <labeling type="simple">
    <settings calloutType="simple">
      <text-style fieldName="name" fontFamily="Noto Sans" fontSize="9" fontSizeUnit="Point" textColor="23,32,46,255" namedStyle="Regular" textOpacity="1">
        <text-buffer bufferDraw="1" bufferSize="1" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="0.85"/>
      </text-style>
      <placement placement="3" dist="1.5" distUnits="MM"/>
      <rendering obstacle="1" displayAll="0"/>
    </settings>
  </labeling>
  <layerGeometryType>1</layerGeometryType>
</qgis>
