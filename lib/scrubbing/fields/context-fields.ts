import { attributes, cookies, protocolFields, tags } from './common-fields.js';
import { DATA, PROTOCOL, fieldContext, listOf, type FieldContext } from './field-context.js';

/** What the SDK and Sentry's protocol write into the standard contexts; what the application adds is data. */
const STANDARD_CONTEXTS: Readonly<Record<string, string>> = {
  runtime: 'name version build raw_description',
  os: 'name version build kernel_version raw_description rooted distribution_name distribution_version distribution_pretty_name',
  browser: 'name version',
  app:
    'app_start_time app_memory free_memory app_name app_version app_identifier app_build build_type device_app_hash in_foreground view_names ' +
    'start_type',
  device:
    'name family model model_id arch battery_level battery_status charging orientation manufacturer brand screen_resolution screen_density ' +
    'screen_dpi online simulator memory_size free_memory usable_memory low_memory storage_size free_storage external_storage_size ' +
    'external_free_storage boot_time processor_count cpu_description processor_frequency device_type timezone locale language',
  culture: 'calendar display_name locale is_24_hour_format timezone',
  cloud_resource:
    'cloud.provider cloud.account.id cloud.region cloud.availability_zone cloud.platform host.id host.type faas.name faas.version',
  gpu: 'name id vendor_id vendor_name memory_size api_type multi_threaded_rendering version npot_support',
  flags: '',
  profile: 'profile_id profiler_id',
  replay: 'replay_id',
  monitor: 'slug config id',
  memory_info:
    'allocated_bytes fragmented_bytes heap_size_bytes high_memory_load_threshold_bytes total_available_memory_bytes memory_load_bytes ' +
    'total_committed_bytes promoted_bytes pinned_objects_count pause_time_percentage index finalization_pending_count compacted concurrent pause_durations',
  threadpool_info:
    'min_worker_threads min_completion_port_threads max_worker_threads max_completion_port_threads available_worker_threads available_completion_port_threads',
  unity: 'install_mode copy_texture_support rendering_threading_mode target_frame_rate editor_version',
};

function standardContext(names: string): FieldContext {
  return fieldContext({ rest: DATA, children: { type: PROTOCOL, ...(names === '' ? {} : protocolFields(names)) } });
}

/** The `contexts` of an item. */
export function contexts(responseData: FieldContext, further: Record<string, FieldContext> = {}): FieldContext {
  const children: Record<string, FieldContext> = Object.fromEntries(
    Object.entries(STANDARD_CONTEXTS).map(([name, fields]) => [name, standardContext(fields)]),
  );
  children.flags = fieldContext({
    rest: DATA,
    children: {
      type: PROTOCOL,
      values: listOf(fieldContext({ rest: DATA, children: { flag: PROTOCOL, result: PROTOCOL } }), true),
    },
  });
  children.trace = fieldContext({
    rest: DATA,
    children: {
      ...protocolFields(
        'trace_id span_id parent_span_id op origin status exclusive_time client_sample_rate type links sampled',
      ),
      data: attributes,
      tags,
    },
  });
  children.response = fieldContext({
    rest: DATA,
    children: {
      status_code: PROTOCOL,
      body_size: PROTOCOL,
      type: PROTOCOL,
      headers: DATA,
      cookies,
      data: responseData,
    },
  });
  children.auth = DATA; // the domain of an error, not a credential
  return fieldContext({ container: 'contexts', rest: DATA, children: { ...children, ...further } });
}
